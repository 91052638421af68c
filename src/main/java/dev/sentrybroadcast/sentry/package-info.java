/**
 * Sentry's side of the wire: DSN, endpoint, authentication, rate limits, error events. Knows
 * nothing of AWS or the OpenTelemetry SDK.
 */
@NullMarked
package dev.sentrybroadcast.sentry;

import org.jspecify.annotations.NullMarked;
