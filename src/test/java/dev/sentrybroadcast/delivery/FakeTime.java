package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.sentry.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** A clock that moves only when somebody waits, or when it is told to. */
final class FakeTime implements InstantSource, LongSupplier, Pause {

  static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

  private final List<Duration> pauses = new ArrayList<>();
  private long nanos;

  @Override
  public synchronized Instant instant() {
    return START.plusNanos(nanos);
  }

  @Override
  public synchronized long getAsLong() {
    return nanos;
  }

  @Override
  public synchronized void sleep(Duration duration) {
    pauses.add(duration);
    nanos += duration.toNanos();
  }

  synchronized void advance(Duration duration) {
    nanos += duration.toNanos();
  }

  synchronized List<Duration> pauses() {
    return List.copyOf(pauses);
  }
}
