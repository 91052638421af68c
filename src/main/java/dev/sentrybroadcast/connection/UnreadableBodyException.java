package dev.sentrybroadcast.connection;

import org.jspecify.annotations.Nullable;

/** A JSON text is not what it should be. The message never quotes the text. */
final class UnreadableBodyException extends Exception {

  final @Nullable String field;
  final String expected;

  UnreadableBodyException(@Nullable String field, String expected) {
    super(expected);
    this.field = field;
    this.expected = expected;
  }
}
