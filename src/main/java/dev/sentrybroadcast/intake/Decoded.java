package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.TelemetryRecord;

/** What one record of a message turned out to be. */
public sealed interface Decoded {

  record Valid(TelemetryRecord record) implements Decoded {}

  /**
   * Nothing to send, and no fault: a producer's test of its connection, a call that generated
   * nothing. It is done, and counted.
   *
   * @param what it is, as it is counted; never content
   */
  record Ignored(String what) implements Decoded {}

  /**
   * It cannot be read now, but may be later: the message goes back to the queue.
   *
   * @param cause as it is logged; never content
   */
  record Unavailable(String cause) implements Decoded {}

  /**
   * Not a record that can be understood; other records of the batch go on.
   *
   * @param path where in the message, as {@code request.model} or {@code [2].id}; never content
   * @param expected what should have stood there
   */
  record Malformed(String path, String expected) implements Decoded {

    /** {@code malformed: <path>: <what was expected>}, as it is logged. */
    public String reason() {
      return "malformed: " + path + ": " + expected;
    }
  }
}
