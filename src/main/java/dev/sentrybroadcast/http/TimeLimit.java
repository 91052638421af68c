package dev.sentrybroadcast.http;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The end of the time that something may take.
 *
 * @param nanoClock a monotonic clock
 */
public record TimeLimit(LongSupplier nanoClock, long endNanos) {

  public static TimeLimit in(Duration time, LongSupplier nanoClock) {
    return new TimeLimit(nanoClock, nanoClock.getAsLong() + time.toNanos());
  }

  /** This limit, or that many milliseconds from now if that is sooner. */
  public TimeLimit atMost(long millis) {
    return millis < leftMillis()
        ? new TimeLimit(nanoClock, nanoClock.getAsLong() + millis * 1_000_000)
        : this;
  }

  public long leftMillis() {
    return Math.max(0, (endNanos - nanoClock.getAsLong()) / 1_000_000);
  }

  public boolean isOver() {
    return leftMillis() == 0;
  }

  /** For a socket, to which 0 would mean for ever. */
  int socketTimeout() throws SocketTimeoutException {
    long left = leftMillis();
    if (left == 0) {
      throw new SocketTimeoutException("time limit");
    }
    return (int) Math.min(left, Integer.MAX_VALUE);
  }
}
