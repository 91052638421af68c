package dev.sentrybroadcast.sentry;

import java.time.Duration;

/** Waits between two requests. Tests move their clock instead. */
@FunctionalInterface
public interface Pause {

  /** Blocks the calling thread. */
  Pause SLEEP = Thread::sleep;

  /** Returns once the time is over. */
  void sleep(Duration duration) throws InterruptedException;
}
