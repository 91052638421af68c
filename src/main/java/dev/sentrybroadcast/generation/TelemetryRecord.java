package dev.sentrybroadcast.generation;

import org.jspecify.annotations.Nullable;

/** What one record of a message is: a generation, or spans that were already made. */
public sealed interface TelemetryRecord permits Generation, RecordedTrace {

  /** Its identity; never blank. */
  String id();

  Routing routing();

  Caller caller();

  /** The environment that it ran in. */
  @Nullable String environment();

  /** The release of the application that made it. */
  @Nullable String release();

  Corrections corrections();

  /** When the last of it ended, in nanoseconds since the epoch. */
  long endEpochNanos();
}
