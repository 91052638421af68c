package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.TelemetryRecord;

/** What one record of a message is. */
public sealed interface Decoded {

  record Valid(TelemetryRecord record) implements Decoded {}

  /**
   * Nothing to send and not an error, such as a producer's connection test or a call that generates
   * nothing. It is done, and counted.
   *
   * @param what the name under which it is counted; never content
   */
  record Ignored(String what) implements Decoded {}

  /**
   * Cannot be read now, but perhaps later: the message goes back to the queue.
   *
   * @param cause as it is logged; never content
   */
  record Unavailable(String cause) implements Decoded {}

  /**
   * Not a record. Other records of the message go on.
   *
   * @param path where in the message, as {@code request.model} or {@code [2].id}; never content
   * @param expected what was expected there
   */
  record Malformed(String path, String expected) implements Decoded {

    /** {@code malformed: <path>: expected <what>}, as it is logged. */
    public String reason() {
      return "malformed: " + path + ": expected " + expected;
    }
  }
}
