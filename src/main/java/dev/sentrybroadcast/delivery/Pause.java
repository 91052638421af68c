package dev.sentrybroadcast.delivery;

import java.time.Duration;

/** Waits on the caller's thread; tests let their clock run instead. */
@FunctionalInterface
public interface Pause {

  /** The thread's own sleep. */
  Pause SLEEP = Thread::sleep;

  /** Returns once the time is over. */
  void sleep(Duration duration) throws InterruptedException;
}
