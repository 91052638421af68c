package dev.sentrybroadcast.connection;

import static dev.sentrybroadcast.connection.Worlds.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.connection.Check.Name;
import dev.sentrybroadcast.destination.Reading;
import dev.sentrybroadcast.sentry.AllowedHosts;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** One table of endpoints, through the queue function's reader and through the connection test. */
final class EndpointVerdictsTest {

  private static final String DSN = "https://" + KEY + "@o123.ingest.us.sentry.io/456";
  private static final AllowedHosts ALLOWED =
      AllowedHosts.parse(
          "*.sentry.io,relay.example,http://localhost:9000,http://relay.example:9443");

  @ParameterizedTest
  @CsvFileSource(resources = "/sentry/endpoint-cases.csv", delimiter = '|')
  void endpoint_bothFunctions_judgeTheSame(String endpoint, String verdict, @Nullable String uri) {
    String tested =
        new OfflineChecks(new Candidate(endpoint, DSN), ALLOWED)
            .checks.stream()
                .filter(check -> check.name() == Name.ENDPOINT)
                .findFirst()
                .orElseThrow()
                .status()
                .name()
                .toLowerCase(Locale.ROOT);
    Reading reading =
        Reading.of("{\"endpoint\": \"" + endpoint + "\", \"dsn\": \"" + DSN + "\"}", ALLOWED);

    assertThat(tested).as("connection test").isEqualTo(verdict);
    switch (reading) {
      case Reading.Invalid(@Nullable String field, _) -> {
        assertThat(verdict).as("queue function").isEqualTo("failed");
        assertThat(field).isEqualTo("endpoint");
      }
      case Reading.Valid(var destination) -> {
        assertThat(destination.endpoint()).as("queue function").hasToString(uri);
        assertThat(destination.warnings().stream().anyMatch(text -> text.contains("path")))
            .isEqualTo(verdict.equals("warning"));
        OtlpHttpSpanExporter.builder().setEndpoint(destination.endpoint().toString());
      }
    }
  }
}
