package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.sentry.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a connection test.
 *
 * @param checks one per {@link Check.Name}, in that order
 * @param latencyMillis of the first request; null when none was answered
 * @param endpointHost null when the endpoint names none that may be shown
 * @param projectId of the DSN, else of the endpoint; null when neither has one
 * @param sampleTraceId of the sample span that was accepted; null when none was
 */
record ConnectionReport(
    List<Check> checks,
    @Nullable Long latencyMillis,
    @Nullable String endpointHost,
    @Nullable String projectId,
    @Nullable String sampleTraceId) {

  /** Of a whole test. */
  enum Status {
    PASSED,
    FAILED,
    /** The key works but its quota is used up, or too little was answered in time to tell. */
    INCONCLUSIVE
  }

  Status status() {
    if (checks.stream().anyMatch(check -> check.status() == Check.Status.FAILED)) {
      return Status.FAILED;
    }
    return checks.stream().anyMatch(Check::inconclusive) ? Status.INCONCLUSIVE : Status.PASSED;
  }

  /** For JSON. */
  Map<String, @Nullable Object> fields() {
    return Json.fields(
        "status",
        Check.json(status()),
        "checks",
        checks.stream().map(Check::fields).toList(),
        "latency_ms",
        latencyMillis,
        "endpoint_host",
        endpointHost,
        "project_id",
        projectId,
        "sample",
        sampleTraceId == null ? null : Map.of("trace_id", sampleTraceId));
  }

  boolean passed() {
    return status() == Status.PASSED;
  }
}
