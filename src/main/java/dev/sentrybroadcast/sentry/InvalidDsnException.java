package dev.sentrybroadcast.sentry;

/** A text is not a DSN. The message says what was expected and holds nothing of the text. */
public final class InvalidDsnException extends IllegalArgumentException {

  InvalidDsnException(String reason, String expected) {
    super(reason + ": expected " + expected);
  }
}
