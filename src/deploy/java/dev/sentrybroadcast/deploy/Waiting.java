package dev.sentrybroadcast.deploy;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for what other processes bring about. */
final class Waiting {

  private static final long LOOK_AGAIN_MILLIS = 200;

  private Waiting() {}

  static void until(String what, Duration limit, Callable<Boolean> done)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!call(done)) {
      if (System.nanoTime() - end >= 0) {
        throw new AssertionError("waited " + limit.toSeconds() + " s for " + what);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
    }
  }

  private static boolean call(Callable<Boolean> done) throws InterruptedException {
    try {
      return done.call();
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
