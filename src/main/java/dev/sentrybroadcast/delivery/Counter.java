package dev.sentrybroadcast.delivery;

/**
 * What is counted during one invocation. Records are counted for each destination: a record for two
 * destinations counts twice.
 */
public enum Counter {
  /** Messages of the batch. */
  RECEIVED,
  /** Messages that go back to the queue. */
  RETURNED,
  /** Records that Sentry accepted. */
  EXPORTED,
  /** Records that a destination's sampling rate left out. */
  SAMPLED_OUT,
  /** Records that a destination's list of API keys left out. */
  FILTERED,
  /** Records whose destination is disabled. */
  DISABLED,
  /** Records that the batch holds more than once. They are sent once. */
  DUPLICATES,
  /** Malformed records. */
  MALFORMED,
  /** Corrections that intake made, and values that it left out. */
  CORRECTED,
  /** Records whose content was truncated harder to fit. */
  CUT_HARDER,
  /** Places that were redacted in the content of exported records. */
  REDACTED,
  /** Spans that Sentry accepted. */
  SPANS,
  /** Spans that accepted requests say were rejected. */
  REJECTED_SPANS,
  /** Requests with spans, each attempt counted. */
  REQUESTS,
  /** Bytes of the bodies of those requests, compressed. */
  REQUEST_BYTES,
  /** Milliseconds of the HTTP exchanges of those requests, without making the requests. */
  EXPORT_MILLIS,
  /** The longest wait that Sentry asked for, in seconds. */
  RATE_LIMITED_SECONDS,
  /** The longest time since the end of an exported record, in milliseconds. */
  OLDEST_RECORD_MILLIS,
  /** Exported records so old that Sentry may drop their spans. */
  OLD_RECORDS,
  /** Responses 401 and 403. */
  AUTH_REJECTED,
  /** Destinations used with their last good value, because their secret could not be read. */
  LAST_GOOD_SERVED,
  /** The longest time since a destination of the batch was read, in milliseconds. */
  DESTINATION_MILLIS,
  /** Error events that Sentry accepted. */
  ISSUES_SENT,
  /** Error events that were not accepted. */
  ISSUES_FAILED
}
