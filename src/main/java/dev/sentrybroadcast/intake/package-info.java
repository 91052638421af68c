/**
 * From the text of a queue message to generations. {@link RecordDecoder} is the entry. Knows
 * nothing of OpenTelemetry, Sentry or AWS.
 */
@NullMarked
package dev.sentrybroadcast.intake;

import org.jspecify.annotations.NullMarked;
