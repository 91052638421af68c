package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.generation.SpanRole;
import org.jspecify.annotations.Nullable;

/**
 * A span that was read.
 *
 * @param caller on whose behalf, as this span says
 */
record ReadSpan(
    String traceId,
    String scope,
    RecordedSpan span,
    Caller caller,
    @Nullable String environment,
    @Nullable String release) {

  ReadSpan as(SpanRole role) {
    return new ReadSpan(traceId, scope, span.as(role), caller, environment, release);
  }
}
