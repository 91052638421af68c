package dev.sentrybroadcast.connection;

import java.time.Duration;

/** Lets time pass between two probes. */
@FunctionalInterface
public interface Pause {

  void pass(Duration time) throws InterruptedException;
}
