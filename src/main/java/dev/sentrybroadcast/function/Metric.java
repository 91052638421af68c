package dev.sentrybroadcast.function;

import dev.sentrybroadcast.delivery.BatchReport;
import dev.sentrybroadcast.delivery.ReturnedMessage;

/**
 * The metrics of an invocation: their names, their units and where they come from. Alarms in
 * template.yaml name them. How many messages were returned for a reason is a metric of its own
 * name, {@link #returnedFor}, because a line of the embedded metric format has one value for each
 * dimension.
 */
enum Metric {
  RECEIVED("Received", "Count"),
  RETURNED("Returned", "Count"),
  EXPORTED("Exported", "Count"),
  SAMPLED_OUT("SampledOut", "Count"),
  FILTERED("Filtered", "Count"),
  DISABLED("Disabled", "Count"),
  DUPLICATES("Duplicates", "Count"),
  MALFORMED("Malformed", "Count"),
  CORRECTED("Corrected", "Count"),
  CUT_HARDER("CutHarder", "Count"),
  SPANS("Spans", "Count"),
  REJECTED_SPANS("RejectedSpans", "Count"),
  REQUESTS("Requests", "Count"),
  REQUEST_BYTES("RequestBytes", "Bytes"),
  EXPORT_LATENCY("ExportLatency", "Milliseconds"),
  RATE_LIMITED_SECONDS("RateLimitedSeconds", "Seconds"),
  OLDEST_RECORD_AGE("OldestRecordAge", "Milliseconds"),
  AUTH_REJECTED("AuthRejected", "Count"),
  LAST_GOOD_SERVED("LastGoodServed", "Count"),
  DESTINATION_AGE("DestinationAge", "Milliseconds"),
  ISSUES_SENT("IssuesSent", "Count"),
  ISSUES_FAILED("IssuesFailed", "Count");

  /** Of all metrics. */
  static final String NAMESPACE = "SentryBroadcast";

  final String label;
  final String unit;

  Metric(String label, String unit) {
    this.label = label;
    this.unit = unit;
  }

  long of(BatchReport report) {
    return switch (this) {
      case RECEIVED -> report.received();
      case RETURNED -> report.returned().size();
      case EXPORTED -> report.exported();
      case SAMPLED_OUT -> report.sampledOut();
      case FILTERED -> report.filtered();
      case DISABLED -> report.disabled();
      case DUPLICATES -> report.duplicates();
      case MALFORMED -> report.malformed();
      case CORRECTED -> report.corrected();
      case CUT_HARDER -> report.cutHarder();
      case SPANS -> report.spans();
      case REJECTED_SPANS -> report.rejectedSpans();
      case REQUESTS -> report.requests();
      case REQUEST_BYTES -> report.bytes();
      case EXPORT_LATENCY -> report.exportMillis();
      case RATE_LIMITED_SECONDS -> report.rateLimitedSeconds();
      case OLDEST_RECORD_AGE -> report.oldestRecordAgeMillis();
      case AUTH_REJECTED -> report.authRejected();
      case LAST_GOOD_SERVED -> report.lastGoodServed();
      case DESTINATION_AGE -> report.destinationAgeMillis();
      case ISSUES_SENT -> report.issuesSent();
      case ISSUES_FAILED -> report.issuesFailed();
    };
  }

  /** Whether the report has a value for it at all: a latency needs a request, an age a record. */
  boolean isIn(BatchReport report) {
    return switch (this) {
      case EXPORT_LATENCY, REQUEST_BYTES -> report.requests() > 0;
      case OLDEST_RECORD_AGE -> report.exported() > 0;
      default -> true;
    };
  }

  /** As {@code ReturnedRateLimited}. */
  static String returnedFor(ReturnedMessage.Reason reason) {
    return switch (reason) {
      case MALFORMED -> "ReturnedMalformed";
      case UNKNOWN_DESTINATION -> "ReturnedUnknownDestination";
      case DESTINATION_MISCONFIGURED -> "ReturnedDestinationMisconfigured";
      case SECRETS_UNAVAILABLE -> "ReturnedSecretsUnavailable";
      case BUG -> "ReturnedBug";
      case TOO_LARGE -> "ReturnedTooLarge";
      case RATE_LIMITED -> "ReturnedRateLimited";
      case AUTH_REJECTED -> "ReturnedAuthRejected";
      case REJECTED -> "ReturnedRejected";
      case UNAVAILABLE -> "ReturnedUnavailable";
      case OUT_OF_TIME -> "ReturnedOutOfTime";
      case GROUP_BLOCKED -> "ReturnedGroupBlocked";
    };
  }
}
