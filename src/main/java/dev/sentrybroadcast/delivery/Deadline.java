package dev.sentrybroadcast.delivery;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When an invocation must have answered: the time it has, less a reserve for the answer itself. */
public final class Deadline {

  /** Kept back for the verdicts, the visibility changes and the log line. */
  public static final Duration RESERVE = Duration.ofSeconds(1);

  private final LongSupplier nanos;
  private final long endNanos;

  private Deadline(LongSupplier nanos, long endNanos) {
    this.nanos = nanos;
    this.endNanos = endNanos;
  }

  /**
   * The deadline of an invocation that has {@code remaining} left from now on.
   *
   * @param nanos a monotonic clock in nanoseconds, such as {@code System::nanoTime}
   */
  public static Deadline in(Duration remaining, LongSupplier nanos) {
    return new Deadline(nanos, nanos.getAsLong() + remaining.minus(RESERVE).toNanos());
  }

  /** What is left to work in; zero once it is over. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, endNanos - nanos.getAsLong()));
  }

  public boolean isOver() {
    return endNanos - nanos.getAsLong() <= 0;
  }

  /**
   * A deadline that leaves as much to each of the {@code claimants} that still come, so that a
   * destination that hangs cannot use up the time of the others.
   */
  Deadline shareOf(int claimants) {
    long now = nanos.getAsLong();
    return new Deadline(nanos, now + Math.max(0, endNanos - now) / Math.max(1, claimants));
  }
}
