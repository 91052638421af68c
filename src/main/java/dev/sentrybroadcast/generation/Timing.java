package dev.sentrybroadcast.generation;

import org.jspecify.annotations.Nullable;

/**
 * When it ran, in nanoseconds since the epoch; the end is never before the start.
 *
 * @param firstTokenEpochNanos when the first token came; null when not known
 */
public record Timing(
    long startEpochNanos, long endEpochNanos, @Nullable Long firstTokenEpochNanos) {

  public Timing {
    endEpochNanos = Math.max(startEpochNanos, endEpochNanos);
  }

  /** The shortest time that covers both. */
  public Timing covering(Timing other) {
    return new Timing(
        Math.min(startEpochNanos, other.startEpochNanos),
        Math.max(endEpochNanos, other.endEpochNanos),
        firstTokenEpochNanos);
  }
}
