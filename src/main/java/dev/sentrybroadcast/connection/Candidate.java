package dev.sentrybroadcast.connection;

import org.jspecify.annotations.Nullable;

/** An endpoint and a DSN that were given, unchecked. */
record Candidate(@Nullable String endpoint, @Nullable String dsn) {

  /** The fields of a destination; null is taken for an empty object. */
  static Candidate of(@Nullable JsonObject document) {
    return document == null
        ? new Candidate(null, null)
        : new Candidate(document.text("endpoint"), document.text("dsn"));
  }

  @Override
  public String toString() {
    return "Candidate[…]";
  }
}
