package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import java.time.Duration;

/**
 * Why a record was not delivered.
 *
 * @param detail for the log: paths, names, status codes, what to check; never content, a key or a
 *     DSN
 * @param delay how long Sentry wants nothing more of it; zero when it does not say
 */
record Failure(Reason reason, String detail, Duration delay) {

  Failure(Reason reason, String detail) {
    this(reason, detail, Duration.ZERO);
  }

  /** A bug of ours, told without the exception's message, which may quote content. */
  static Failure of(Throwable bug) {
    return new Failure(Reason.BUG, Bug.describe(bug));
  }
}
