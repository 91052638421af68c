package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.destination.InvalidJsonException;
import dev.sentrybroadcast.destination.SecretValue;
import org.jspecify.annotations.Nullable;

/** An endpoint and a DSN that were given, unchecked. */
record Candidate(@Nullable String endpoint, @Nullable String dsn) {

  /** What the fields of a destination hold. */
  static Candidate of(SecretValue fields) throws InvalidJsonException {
    return new Candidate(fields.get("endpoint").text(), fields.get("dsn").text());
  }

  @Override
  public String toString() {
    return "Candidate[…]";
  }
}
