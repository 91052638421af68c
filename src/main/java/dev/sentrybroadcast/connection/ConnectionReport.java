package dev.sentrybroadcast.connection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a connection test found.
 *
 * @param checks one per {@link Check.Name}, in that order
 * @param latencyMillis from the first request to its answer; null when none was answered
 * @param endpointHost null when the endpoint names none that may be shown
 * @param projectId of the DSN, else of the endpoint; null when neither has one
 * @param sampleTraceId of the sample span that was accepted; null when none was
 */
public record ConnectionReport(
    Status status,
    List<Check> checks,
    @Nullable Long latencyMillis,
    @Nullable String endpointHost,
    @Nullable String projectId,
    @Nullable String sampleTraceId) {

  /** The verdict of a whole test. */
  public enum Status {
    PASSED("passed"),
    FAILED("failed"),
    /** The key works and the quota does not, or too little was answered in time to tell. */
    INCONCLUSIVE("inconclusive");

    final String json;

    Status(String json) {
      this.json = json;
    }
  }

  public ConnectionReport {
    checks = List.copyOf(checks);
  }

  boolean passed() {
    return status == Status.PASSED;
  }
}
