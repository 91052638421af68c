package dev.sentrybroadcast.destination;

import dev.sentrybroadcast.sentry.AllowedHosts;
import org.jspecify.annotations.Nullable;

/** What came of reading a secret's text, as a value that tests can compare. */
public sealed interface Reading {

  record Valid(Destination destination) implements Reading {}

  record Invalid(@Nullable String field, String expected) implements Reading {}

  /** Reads the text of a destination that may be on these hosts. */
  static Reading of(String text, AllowedHosts hosts) {
    try {
      return new Valid(new DestinationReader(hosts).read("default", text));
    } catch (InvalidJsonException e) {
      return new Invalid(e.field, e.expected);
    }
  }

  /** Reads the text of a destination that must be usable. */
  static Destination valid(String name, String text, AllowedHosts hosts) {
    try {
      return new DestinationReader(hosts).read(name, text);
    } catch (InvalidJsonException e) {
      throw new AssertionError(e.field + ": " + e.expected, e);
    }
  }
}
