package dev.sentrybroadcast.generation;

/** What one record of a message is: a generation, or spans that were already made. */
public sealed interface TelemetryRecord permits Generation, RecordedTrace {

  /** Its identity; never blank. */
  String id();

  Routing routing();

  Caller caller();

  Corrections corrections();

  /** When the last of it ended, in nanoseconds since the epoch. */
  long endEpochNanos();
}
