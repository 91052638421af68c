/**
 * What a generation is: pure values that every dialect ends in and every span is made from. Knows
 * nothing of JSON, OpenTelemetry, Sentry or AWS.
 */
@NullMarked
package dev.sentrybroadcast.generation;

import org.jspecify.annotations.NullMarked;
