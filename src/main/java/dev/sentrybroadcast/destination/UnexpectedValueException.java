package dev.sentrybroadcast.destination;

import org.jspecify.annotations.Nullable;

/** A field of a destination's JSON is not as expected; never holds the field's value. */
final class UnexpectedValueException extends Exception {

  final @Nullable String field;
  final String expected;

  UnexpectedValueException(@Nullable String field, String expected) {
    super(expected);
    this.field = field;
    this.expected = expected;
  }
}
