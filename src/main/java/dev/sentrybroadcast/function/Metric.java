package dev.sentrybroadcast.function;

import dev.sentrybroadcast.delivery.BatchReport;
import dev.sentrybroadcast.delivery.Counter;
import dev.sentrybroadcast.delivery.ReturnedMessage;
import java.util.Locale;

/**
 * The metrics of an invocation. Alarms in template.yaml name them. Returned messages are also
 * counted by reason, each reason under a name of its own ({@link #returnedFor}), because the
 * embedded metric format allows one value for each set of dimensions.
 */
enum Metric {
  RECEIVED(Counter.RECEIVED, "Received", "Count"),
  RETURNED(Counter.RETURNED, "Returned", "Count"),
  EXPORTED(Counter.EXPORTED, "Exported", "Count"),
  SAMPLED_OUT(Counter.SAMPLED_OUT, "SampledOut", "Count"),
  FILTERED(Counter.FILTERED, "Filtered", "Count"),
  DISABLED(Counter.DISABLED, "Disabled", "Count"),
  DUPLICATES(Counter.DUPLICATES, "Duplicates", "Count"),
  MALFORMED(Counter.MALFORMED, "Malformed", "Count"),
  CORRECTED(Counter.CORRECTED, "Corrected", "Count"),
  CUT_HARDER(Counter.CUT_HARDER, "CutHarder", "Count"),
  REDACTED(Counter.REDACTED, "Redacted", "Count"),
  SPANS(Counter.SPANS, "Spans", "Count"),
  REJECTED_SPANS(Counter.REJECTED_SPANS, "RejectedSpans", "Count"),
  REQUESTS(Counter.REQUESTS, "Requests", "Count"),
  REQUEST_BYTES(Counter.REQUEST_BYTES, "RequestBytes", "Bytes"),
  EXPORT_LATENCY(Counter.EXPORT_MILLIS, "ExportLatency", "Milliseconds"),
  RATE_LIMITED_SECONDS(Counter.RATE_LIMITED_SECONDS, "RateLimitedSeconds", "Seconds"),
  OLDEST_RECORD_AGE(Counter.OLDEST_RECORD_MILLIS, "OldestRecordAge", "Milliseconds"),
  OLD_RECORDS(Counter.OLD_RECORDS, "OldRecords", "Count"),
  AUTH_REJECTED(Counter.AUTH_REJECTED, "AuthRejected", "Count"),
  LAST_GOOD_SERVED(Counter.LAST_GOOD_SERVED, "LastGoodServed", "Count"),
  DESTINATION_AGE(Counter.DESTINATION_MILLIS, "DestinationAge", "Milliseconds"),
  ISSUES_SENT(Counter.ISSUES_SENT, "IssuesSent", "Count"),
  ISSUES_FAILED(Counter.ISSUES_FAILED, "IssuesFailed", "Count");

  static final String NAMESPACE = "SentryBroadcast";

  private final Counter counter;
  final String label;
  final String unit;

  Metric(Counter counter, String label, String unit) {
    this.counter = counter;
    this.label = label;
    this.unit = unit;
  }

  long of(BatchReport report) {
    return report.count(counter);
  }

  /** Whether the report has a value: a latency needs a request, an age needs a record. */
  boolean isIn(BatchReport report) {
    return switch (this) {
      case EXPORT_LATENCY, REQUEST_BYTES -> report.count(Counter.REQUESTS) > 0;
      case OLDEST_RECORD_AGE -> report.count(Counter.EXPORTED) > 0;
      default -> true;
    };
  }

  /** Returns, for example, {@code ReturnedRateLimited}. */
  static String returnedFor(ReturnedMessage.Reason reason) {
    StringBuilder name = new StringBuilder("Returned");
    for (String word : reason.name().split("_", -1)) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }
}
