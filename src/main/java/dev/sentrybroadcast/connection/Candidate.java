package dev.sentrybroadcast.connection;

import org.jspecify.annotations.Nullable;

/** A connection as somebody wrote it down: nothing about it is known to be right. */
record Candidate(@Nullable String endpoint, @Nullable String dsn) {

  /** Of a secret; null where that is not a JSON object. */
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
