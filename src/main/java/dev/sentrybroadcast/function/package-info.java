/**
 * The doorways: Lambda's handlers with their events and answers, the environment variables, the log
 * and the metrics, the wiring, and what runs before a snapshot. What is delivered how is decided
 * elsewhere.
 */
@NullMarked
package dev.sentrybroadcast.function;

import org.jspecify.annotations.NullMarked;
