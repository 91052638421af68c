/**
 * From the text of a queue message to generations: one {@code Dialect} per producer format, one
 * parser per message shape. Knows nothing of OpenTelemetry, Sentry or AWS.
 */
@NullMarked
package dev.sentrybroadcast.intake;

import org.jspecify.annotations.NullMarked;
