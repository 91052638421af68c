package dev.sentrybroadcast.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalOptionsTest {

  private static final String ENDPOINT =
      "https://o1.ingest.us.sentry.io/api/42/integration/otlp/v1/traces";
  private static final String DSN = "https://abc123@o1.ingest.us.sentry.io/42";

  @Test
  void parse_nothing_standInOnDefaultPort() {
    assertThat(LocalOptions.parse(List.of(), Map.of()))
        .isEqualTo(new LocalOptions.Run(false, 9324, 9325, false, null));
  }

  @ParameterizedTest
  @CsvSource({"--port 9400 --once", "--once --port=9400"})
  void parse_options_taken(String arguments) {
    assertThat(LocalOptions.parse(List.of(arguments.split(" ")), Map.of()))
        .isEqualTo(new LocalOptions.Run(true, 9400, 9325, false, null));
  }

  @Test
  void parse_consolePort_taken() {
    assertThat(LocalOptions.parse(List.of("--console-port", "9401"), Map.of()))
        .isEqualTo(new LocalOptions.Run(false, 9324, 9401, false, null));
  }

  @ParameterizedTest
  @CsvSource({
    "--twice",
    "--console-port x",
    "--port",
    "--port none",
    "--port 0",
    "--port 65536",
    "--port 9400 --console-port 9400",
    "--port 9325",
    "once"
  })
  void parse_wrong_oneSentence(String arguments) {
    assertThat(LocalOptions.parse(List.of(arguments.split(" ")), Map.of()))
        .isInstanceOfSatisfying(
            LocalOptions.Wrong.class,
            wrong -> assertThat(wrong.sentence()).endsWith(".").doesNotContain("\n"));
  }

  @ParameterizedTest
  @CsvSource({
    ENDPOINT + ", " + DSN + ", o1.ingest.us.sentry.io",
    "http://127.0.0.1:9000/api/42/integration/otlp/v1/traces, http://abc123@127.0.0.1:9000/42,"
        + " http://127.0.0.1:9000",
  })
  void parse_realSentry_itsHostIsAllowed(String endpoint, String dsn, String allowedHosts) {
    LocalOptions options = parse(endpoint, dsn);

    assertThat(options)
        .isEqualTo(
            new LocalOptions.Run(
                false,
                9324,
                9325,
                false,
                new LocalOptions.RealSentry(
                    URI.create(endpoint), dsn, "42", allowedHosts, false, List.of())));
    assertThat(options.toString()).doesNotContain("abc123");
  }

  @ParameterizedTest
  @CsvSource({
    "SENTRY_DSN, '', " + DSN,
    "SENTRY_OTLP_ENDPOINT, " + ENDPOINT + ", ''",
    "SENTRY_OTLP_ENDPOINT, https://o1.ingest.us.sentry.io/, " + DSN,
    "SENTRY_OTLP_ENDPOINT, not a uri, " + DSN,
    "SENTRY_DSN, " + ENDPOINT + ", https://o1.ingest.us.sentry.io/42",
    "SENTRY_DSN, " + ENDPOINT + ", https://abc123@o1.ingest.us.sentry.io/project",
  })
  void parse_wrongSentry_namesTheVariableAndNoKey(String variable, String endpoint, String dsn) {
    assertThat(parse(endpoint, dsn))
        .isInstanceOfSatisfying(
            LocalOptions.Wrong.class,
            wrong -> assertThat(wrong.sentence()).startsWith(variable).doesNotContain("abc123"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://relay.example:8443/api/42/integration/otlp/v1/traces",
        "http://relay.example/v1/traces",
      })
  void parse_endpointWithPortOrHttp_isAllowedByItself(String endpoint) {
    assertThat(parse(endpoint, DSN)).isInstanceOf(LocalOptions.Run.class);
  }

  @Test
  void parse_realSentry_privacyModeAndNoSamplesUnlessAsked() {
    Map<String, String> real = Map.of("SENTRY_OTLP_ENDPOINT", ENDPOINT, "SENTRY_DSN", DSN);

    assertThat(LocalOptions.parse(List.of(), real))
        .isInstanceOfSatisfying(
            LocalOptions.Run.class,
            run -> {
              assertThat(run.sendsSamples()).isFalse();
              assertThat(run.sentry().withContent()).isFalse();
              assertThat(run.sentry().where())
                  .contains("o1.ingest.us.sentry.io, project 42, in privacy mode");
            });
    assertThat(LocalOptions.parse(List.of("--samples", "--with-content"), real))
        .isInstanceOfSatisfying(
            LocalOptions.Run.class,
            run -> {
              assertThat(run.sendsSamples()).isTrue();
              assertThat(run.sentry().where()).contains("with content");
            });
    assertThat(LocalOptions.parse(List.of("--once"), real))
        .isInstanceOfSatisfying(
            LocalOptions.Wrong.class,
            wrong -> assertThat(wrong.sentence()).contains("--once", "--samples"));
  }

  private static LocalOptions parse(String endpoint, String dsn) {
    return LocalOptions.parse(
        List.of(), Map.of("SENTRY_OTLP_ENDPOINT", endpoint, "SENTRY_DSN", dsn));
  }
}
