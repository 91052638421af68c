package dev.sentrybroadcast.local;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the Sentry stand-in does wrong, one thing at a time. */
final class Faults {

  /** What its clients get to see. */
  enum Kind {
    NONE,
    RATE_LIMITED,
    FORBIDDEN,
    BROKEN,
    SLOW,
    DOWN;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Null for a word that names none. */
    static @Nullable Kind of(String word) {
      for (Kind kind : values()) {
        if (kind.word().equals(word)) {
          return kind;
        }
      }
      return null;
    }
  }

  static final int MAX_RETRY_AFTER_SECONDS = 3600;

  private static final Duration SLOW_BY = Duration.ofSeconds(2);

  private final SentryStandIn sentry;

  // Guarded by this.
  private Kind kind = Kind.NONE;
  private int retryAfterSeconds = 10;

  Faults(SentryStandIn sentry) {
    this.sentry = sentry;
  }

  synchronized Kind kind() {
    return kind;
  }

  synchronized int retryAfterSeconds() {
    return retryAfterSeconds;
  }

  synchronized void set(Kind wanted, int seconds) {
    kind = wanted;
    retryAfterSeconds = Math.clamp(seconds, 1, MAX_RETRY_AFTER_SECONDS);
    sentry.replyAsRelay();
    switch (wanted) {
      case NONE, DOWN -> {}
      case RATE_LIMITED -> {
        String after = Integer.toString(retryAfterSeconds);
        sentry.replyBy(_ -> Reply.status(429, "retry-after", after));
      }
      case FORBIDDEN -> sentry.replyBy(_ -> Reply.status(403));
      case BROKEN -> sentry.replyBy(_ -> Reply.status(500));
      case SLOW -> sentry.replyBy(_ -> Reply.stalled(SLOW_BY));
    }
    if (wanted == Kind.DOWN) {
      sentry.stop();
    } else {
      sentry.restart();
    }
  }
}
