/**
 * Lambda: handlers, environment variables, wiring, the log with its metrics, and SnapStart's hooks.
 */
@NullMarked
package dev.sentrybroadcast.function;

import org.jspecify.annotations.NullMarked;
