/** The doorways: Lambda's handlers, the environment variables and the wiring. No logic. */
@NullMarked
package dev.sentrybroadcast.function;

import org.jspecify.annotations.NullMarked;
