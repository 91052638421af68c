package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Generation;

/** What one record of a message turned out to be. */
public sealed interface Decoded {

  record Valid(Generation generation) implements Decoded {}

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
