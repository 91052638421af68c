package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.RecordedSpan;
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

  ReadSpan with(RecordedSpan other) {
    return new ReadSpan(traceId, scope, other, caller, environment, release);
  }
}
