package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Timing;
import org.jspecify.annotations.Nullable;

/** From when to when a span ran, in nanoseconds since the epoch. */
record Window(long start, long end) {

  static Window of(Timing timing) {
    return new Window(
        timing.startEpochNanos(), Math.max(timing.startEpochNanos(), timing.endEpochNanos()));
  }

  /** Without times of its own a span claims no duration: it stands at one moment. */
  static Window of(@Nullable Timing timing, long moment) {
    return timing == null ? new Window(moment, moment) : of(timing);
  }

  /** What a wrapper of all spans of a generation spans. */
  static Window around(Generation generation, TreeSize size) {
    Window all = of(generation.timing());
    for (int i = 0; i < size.attempts(); i++) {
      all = all.and(generation.attempts().get(i).timing());
    }
    for (int i = 0; i < size.tools(); i++) {
      all = all.and(generation.toolExecutions().get(i).timing());
    }
    return all;
  }

  private Window and(@Nullable Timing timing) {
    if (timing == null) {
      return this;
    }
    Window other = of(timing);
    return new Window(Math.min(start, other.start), Math.max(end, other.end));
  }
}
