package dev.sentrybroadcast.connection;

import static dev.sentrybroadcast.connection.Worlds.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.connection.Check.Name;
import dev.sentrybroadcast.connection.Check.Status;
import dev.sentrybroadcast.sentry.AllowedHosts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OfflineChecksTest {

  private static final String ORIGIN = "https://o123.ingest.us.sentry.io";
  private static final String ENDPOINT = ORIGIN + "/api/456/integration/otlp/v1/traces";
  private static final String DSN = "https://" + KEY + "@o123.ingest.us.sentry.io/456";

  private static Check check(Name name, @Nullable String endpoint, @Nullable String dsn) {
    return new OfflineChecks(
            new Candidate(endpoint, dsn), AllowedHosts.parse("*.sentry.io, relay.example"))
        .checks.stream().filter(check -> check.name() == name).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/456/otlp/v1/traces",
        "/api/456/otlp/v1/traces/",
        "/api/456/integration/otlp",
        "/api/456/integration/otlp/",
        "/api/456/integration/otlp/v1",
        "/api/456/integration/otlp/v1/logs",
        "/api/456/envelope/",
        "/api/456/store/",
        "/v1/traces",
        "/456",
        "/",
        "",
      })
  void endpoint_wrongPath_namesTheRightOne(String path) {
    Check check = check(Name.ENDPOINT, ORIGIN + path, DSN);

    assertThat(check.status()).isEqualTo(Status.FAILED);
    assertThat(check.action()).contains(ENDPOINT);
  }

  @Test
  void endpoint_missing_namesTheOneThatTheDsnImplies() {
    assertThat(check(Name.ENDPOINT, null, DSN).action()).contains(ENDPOINT);
    assertThat(check(Name.ENDPOINT, " ", DSN).seen()).isEqualTo("No endpoint was given.");
  }

  @Test
  void endpoint_isTheDsn_saysSoWithoutQuotingIt() {
    Check check = check(Name.ENDPOINT, DSN, DSN);

    assertThat(check.seen()).contains("as a DSN has");
    assertThat(check.action()).contains(ENDPOINT);
    assertThat(check.toString()).doesNotContain(KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {ENDPOINT, ENDPOINT + "/", "  " + ENDPOINT + "  "})
  void endpoint_right_passes(String endpoint) {
    assertThat(check(Name.ENDPOINT, endpoint, DSN).status()).isEqualTo(Status.PASSED);
  }

  /** Only {@code http://host:port} lifts the usual port, and for that one alone. */
  @ParameterizedTest
  @CsvSource({
    "relay.example, https://relay.example, PASSED",
    "relay.example, https://relay.example:443, PASSED",
    "relay.example, https://relay.example:8443, FAILED",
    "10.0.0.1, https://10.0.0.1, PASSED",
    "10.0.0.1, https://10.0.0.1:443, PASSED",
    "10.0.0.1, https://10.0.0.1:8443, FAILED",
    "[fd00::1], https://[fd00::1], PASSED",
    "[fd00::1], https://[fd00::1]:22, FAILED",
    "10.0.0.1;http://10.0.0.1:8443, https://10.0.0.1:8443, PASSED",
    "10.0.0.1;http://10.0.0.1:8443, https://10.0.0.1:8444, FAILED",
    "10.0.0.1;http://relay.example:8443, https://relay.example:8443, PASSED",
    "http://10.0.0.1:8443, http://10.0.0.1:8443, PASSED",
    "http://10.0.0.1:8443, https://10.0.0.1, FAILED",
  })
  void endpoint_port_isTheUsualOneOrTheListedOne(String hosts, String origin, Status status) {
    Check check =
        new OfflineChecks(
                new Candidate(origin + "/api/456/integration/otlp/v1/traces", DSN),
                AllowedHosts.parse(hosts.replace(';', ',')))
            .checks.get(1);

    assertThat(check.name()).isEqualTo(Name.ENDPOINT);
    assertThat(check.status()).isEqualTo(status);
  }

  @Test
  void dsn_isTheEndpoint_saysSo() {
    assertThat(check(Name.DSN, ENDPOINT, ENDPOINT).seen())
        .isEqualTo("This is an endpoint, not a DSN.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://o1.ingest.sentry.io/1",
        "https://" + KEY + "@o1.ingest.sentry.io/",
        "x"
      })
  void dsn_malformed_failsWithoutQuotingIt(String dsn) {
    Check check = check(Name.DSN, ENDPOINT, dsn);

    assertThat(check.status()).isEqualTo(Status.FAILED);
    assertThat(check.toString()).doesNotContain(KEY);
  }

  @Test
  void dsn_keyOfAnotherLength_warns() {
    Check check = check(Name.DSN, ENDPOINT, "https://abc123@o123.ingest.us.sentry.io/456");

    assertThat(check.status()).isEqualTo(Status.WARNING);
    assertThat(check.toString()).doesNotContain("abc123");
  }

  @ParameterizedTest
  @CsvSource({
    "https://o123.ingest.us.sentry.io/api/457/integration/otlp/v1/traces, FAILED",
    "https://o124.ingest.us.sentry.io/api/457/integration/otlp/v1/traces, FAILED",
    "https://o123.ingest.de.sentry.io/api/456/integration/otlp/v1/traces, WARNING",
    "https://relay.example/api/456/integration/otlp/v1/traces, WARNING",
    "https://o123.ingest.us.sentry.io:443/api/456/integration/otlp/v1/traces, PASSED",
    "https://O123.INGEST.us.sentry.io/api/456/integration/otlp/v1/traces, PASSED",
  })
  void agreement_differences(String endpoint, Status status) {
    assertThat(check(Name.AGREEMENT, endpoint, DSN).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://relay.example/v1/traces", "https://otel.sentry.io/x/v1/traces"})
  void agreement_pathWithoutProject_isSkippedAndTheEndpointWarnedOf(String endpoint) {
    assertThat(check(Name.ENDPOINT, endpoint, DSN).status()).isEqualTo(Status.WARNING);
    assertThat(check(Name.AGREEMENT, endpoint, DSN).status()).isEqualTo(Status.SKIPPED);
  }
}
