package dev.sentrybroadcast.delivery;

/**
 * What is counted during one invocation, each as a metric that alarms in template.yaml name.
 * Records are counted for each destination: a record for two destinations counts twice.
 */
public enum Counter {
  /** Messages of the batch. */
  RECEIVED("Received", "Count"),
  /** Messages that go back to the queue. */
  RETURNED("Returned", "Count"),
  /** Records that Sentry accepted. */
  EXPORTED("Exported", "Count"),
  /** Records that a destination's sampling rate left out. */
  SAMPLED_OUT("SampledOut", "Count"),
  /** Records that a destination's filter left out. */
  FILTERED("Filtered", "Count"),
  /** Records whose destination is disabled. */
  DISABLED("Disabled", "Count"),
  /** Records that the batch holds more than once. They are sent once. */
  DUPLICATES("Duplicates", "Count"),
  /** Malformed records. */
  MALFORMED("Malformed", "Count"),
  /** Corrections that intake made, and values that it left out. */
  CORRECTED("Corrected", "Count"),
  /** Records whose content was truncated harder to fit. */
  CUT_HARDER("CutHarder", "Count"),
  /** Places that were redacted in the content of exported records. */
  REDACTED("Redacted", "Count"),
  /** Spans that Sentry accepted. */
  SPANS("Spans", "Count"),
  /** Spans that accepted requests say were rejected. */
  REJECTED_SPANS("RejectedSpans", "Count"),
  /** Requests with spans, each attempt counted. */
  REQUESTS("Requests", "Count"),
  /** Bytes of the bodies of those requests, compressed. */
  REQUEST_BYTES("RequestBytes", "Bytes"),
  /** Milliseconds of the HTTP exchanges of those requests, without making the requests. */
  EXPORT_MILLIS("ExportLatency", "Milliseconds"),
  /** The longest wait that Sentry asked for, in seconds. */
  RATE_LIMITED_SECONDS("RateLimitedSeconds", "Seconds"),
  /** The longest time since the end of an exported record, in milliseconds. */
  OLDEST_RECORD_MILLIS("OldestRecordAge", "Milliseconds"),
  /** Exported records so old that Sentry may drop their spans. */
  OLD_RECORDS("OldRecords", "Count"),
  /** Responses 401 and 403. */
  AUTH_REJECTED("AuthRejected", "Count"),
  /** Destinations used with their last good value, because their secret could not be read. */
  LAST_GOOD_SERVED("LastGoodServed", "Count"),
  /** The longest time since a destination of the batch was read, in milliseconds. */
  DESTINATION_MILLIS("DestinationAge", "Milliseconds"),
  /** Objects that were opened for their records. */
  OBJECTS("Objects", "Count"),
  /** Messages that were put on the queue for a part of an object. */
  CONTINUED("Continued", "Count"),
  /** Error events that Sentry accepted. */
  ISSUES_SENT("IssuesSent", "Count"),
  /** Error events that were not accepted. */
  ISSUES_FAILED("IssuesFailed", "Count");

  /** The metric's name. */
  public final String label;

  /** The metric's unit, as CloudWatch names it. */
  public final String unit;

  Counter(String label, String unit) {
    this.label = label;
    this.unit = unit;
  }
}
