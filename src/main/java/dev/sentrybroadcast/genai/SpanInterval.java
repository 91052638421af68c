package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.generation.ToolExecution;

/** Start and end of a span, in nanoseconds since the epoch; the end is not before the start. */
record SpanInterval(long start, long end) {

  private static final long MILLISECOND = 1_000_000;

  static SpanInterval of(Timing timing) {
    return new SpanInterval(
        timing.startEpochNanos(), Math.max(timing.startEpochNanos(), timing.endEpochNanos()));
  }

  /** Of an attempt; without times it stands at the generation's start, without duration. */
  static SpanInterval of(Attempt attempt, Timing generation) {
    long start = generation.startEpochNanos();
    return attempt.timing() == null ? new SpanInterval(start, start) : of(attempt.timing());
  }

  /**
   * Of a tool; without times it ends 1 ms after the generation, since Sentry draws a tool that ends
   * with a generation in no turn of the conversation.
   */
  static SpanInterval of(ToolExecution tool, Timing generation) {
    long start = generation.endEpochNanos();
    return tool.timing() == null ? new SpanInterval(start, start + MILLISECOND) : of(tool.timing());
  }

  SpanInterval covering(SpanInterval other) {
    return new SpanInterval(Math.min(start, other.start), Math.max(end, other.end));
  }
}
