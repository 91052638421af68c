package dev.sentrybroadcast.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What Sentry said to one request with spans. */
sealed interface ExportResult {

  /**
   * Any 2xx.
   *
   * @param rejectedSpans what a partial success says; OTLP forbids to send them again
   */
  record Accepted(long rejectedSpans) implements ExportResult {}

  /** 413, or not sent because it is over our own limit. */
  record TooLarge() implements ExportResult {}

  /** 429; how long to wait, the {@link DestinationExporter} knows. */
  record Throttled() implements ExportResult {}

  /**
   * 401 or 403.
   *
   * @param hint Sentry's reason, where it is one we know
   */
  record Unauthorized(int status, @Nullable String hint) implements ExportResult {}

  /** A redirect, or another 4xx. */
  record Rejected(int status) implements ExportResult {}

  /**
   * 408, 5xx, or no answer.
   *
   * @param what for the log: {@code HTTP 503}, or the kind of failure
   * @param retryAfter what the answer asked for
   */
  record Unavailable(String what, @Nullable Duration retryAfter) implements ExportResult {}
}
