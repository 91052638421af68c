package dev.sentrybroadcast.connection;

import org.jspecify.annotations.Nullable;

/** A connection as somebody wrote it down: nothing about it is known to be right. */
record Candidate(@Nullable String endpoint, @Nullable String dsn) {

  @Override
  public String toString() {
    return "Candidate[…]";
  }
}
