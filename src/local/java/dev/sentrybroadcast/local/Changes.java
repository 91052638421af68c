package dev.sentrybroadcast.local;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Lets threads wait for a condition that others bring about, with a limit. */
final class Changes {

  /** Conditions outside this process (a queue's length) announce nothing: look again this often. */
  private static final long LOOK_AGAIN_MILLIS = 25;

  synchronized void announce() {
    notifyAll();
  }

  /** Fails as a test's assertion does, in the words of {@code seen}, when the limit is over. */
  synchronized void await(
      String what, Duration limit, BooleanSupplier done, Supplier<String> seen) {
    if (!reached(limit, done)) {
      throw new AssertionError(
          "waited " + limit.toMillis() + " ms for " + what + "; seen: " + seen.get());
    }
  }

  synchronized boolean reached(Duration limit, BooleanSupplier done) {
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (!done.getAsBoolean()) {
        if (System.nanoTime() - end >= 0) {
          return false;
        }
        wait(LOOK_AGAIN_MILLIS);
      }
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
