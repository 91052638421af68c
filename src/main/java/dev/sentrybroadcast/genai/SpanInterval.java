package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.Timing;
import org.jspecify.annotations.Nullable;

/** Start and end of a span, in nanoseconds since the epoch; the end is not before the start. */
record SpanInterval(long start, long end) {

  static SpanInterval of(Timing timing) {
    return new SpanInterval(
        timing.startEpochNanos(), Math.max(timing.startEpochNanos(), timing.endEpochNanos()));
  }

  /** An interval without duration where the timing is not known. */
  static SpanInterval of(@Nullable Timing timing, long otherwise) {
    return timing == null ? new SpanInterval(otherwise, otherwise) : of(timing);
  }

  /** Extended to cover the timing, where that is known. */
  SpanInterval covering(@Nullable Timing timing) {
    if (timing == null) {
      return this;
    }
    SpanInterval other = of(timing);
    return new SpanInterval(Math.min(start, other.start), Math.max(end, other.end));
  }
}
