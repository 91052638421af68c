package dev.sentrybroadcast.function;

import dev.sentrybroadcast.delivery.BatchReport;
import dev.sentrybroadcast.delivery.ReturnedMessage;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * The metrics of an invocation. Alarms in template.yaml name them. Returned messages are also
 * counted by reason, each reason under a name of its own ({@link #returnedFor}), because the
 * embedded metric format allows one value for each set of dimensions.
 */
enum Metric {
  RECEIVED("Received", "Count", BatchReport::received),
  RETURNED("Returned", "Count", report -> report.returned().size()),
  EXPORTED("Exported", "Count", BatchReport::exported),
  SAMPLED_OUT("SampledOut", "Count", BatchReport::sampledOut),
  FILTERED("Filtered", "Count", BatchReport::filtered),
  DISABLED("Disabled", "Count", BatchReport::disabled),
  DUPLICATES("Duplicates", "Count", BatchReport::duplicates),
  MALFORMED("Malformed", "Count", BatchReport::malformed),
  CORRECTED("Corrected", "Count", BatchReport::corrected),
  CUT_HARDER("CutHarder", "Count", BatchReport::cutHarder),
  SPANS("Spans", "Count", BatchReport::spans),
  REJECTED_SPANS("RejectedSpans", "Count", BatchReport::rejectedSpans),
  REQUESTS("Requests", "Count", BatchReport::requests),
  REQUEST_BYTES("RequestBytes", "Bytes", BatchReport::bytes),
  EXPORT_LATENCY("ExportLatency", "Milliseconds", BatchReport::exportMillis),
  RATE_LIMITED_SECONDS("RateLimitedSeconds", "Seconds", BatchReport::rateLimitedSeconds),
  OLDEST_RECORD_AGE("OldestRecordAge", "Milliseconds", BatchReport::oldestRecordAgeMillis),
  AUTH_REJECTED("AuthRejected", "Count", BatchReport::authRejected),
  LAST_GOOD_SERVED("LastGoodServed", "Count", BatchReport::lastGoodServed),
  DESTINATION_AGE("DestinationAge", "Milliseconds", BatchReport::destinationAgeMillis),
  ISSUES_SENT("IssuesSent", "Count", BatchReport::issuesSent),
  ISSUES_FAILED("IssuesFailed", "Count", BatchReport::issuesFailed);

  static final String NAMESPACE = "SentryBroadcast";

  final String label;
  final String unit;

  @SuppressWarnings("ImmutableEnumChecker") // a method reference
  private final ToLongFunction<BatchReport> value;

  Metric(String label, String unit, ToLongFunction<BatchReport> value) {
    this.label = label;
    this.unit = unit;
    this.value = value;
  }

  long of(BatchReport report) {
    return value.applyAsLong(report);
  }

  /** Whether the report has a value: a latency needs a request, an age needs a record. */
  boolean isIn(BatchReport report) {
    return switch (this) {
      case EXPORT_LATENCY, REQUEST_BYTES -> report.requests() > 0;
      case OLDEST_RECORD_AGE -> report.exported() > 0;
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
