package dev.sentrybroadcast.connection;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The end of the time that one connection test may take. */
record TimeLimit(LongSupplier nanoClock, long endNanos) {

  static TimeLimit in(Duration time, LongSupplier nanoClock) {
    return new TimeLimit(nanoClock, nanoClock.getAsLong() + time.toNanos());
  }

  long leftMillis() {
    return Math.max(0, (endNanos - nanoClock.getAsLong()) / 1_000_000);
  }

  /** For a socket, to which 0 would mean for ever. */
  int socketTimeout() throws SocketTimeoutException {
    return socketTimeout(Integer.MAX_VALUE);
  }

  int socketTimeout(int atMostMillis) throws SocketTimeoutException {
    long left = leftMillis();
    if (left == 0) {
      throw new SocketTimeoutException("time limit of the connection test");
    }
    return (int) Math.min(left, atMostMillis);
  }
}
