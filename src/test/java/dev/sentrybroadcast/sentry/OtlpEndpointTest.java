package dev.sentrybroadcast.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class OtlpEndpointTest {

  private static final AllowedHosts HOSTS =
      AllowedHosts.parse("*.sentry.io,relay.example.com,http://localhost:9000");
  private static final Dsn DSN = Dsn.parse("https://c0ffee00@o123.ingest.us.sentry.io/456");

  private static EndpointCheck check(String text) {
    return OtlpEndpoint.check(text, HOSTS, null);
  }

  private static EndpointCheck.Refused refused(String text, @Nullable Dsn dsn) {
    return (EndpointCheck.Refused) OtlpEndpoint.check(text, HOSTS, dsn);
  }

  @Test
  void check_spacesAroundIt_areDropped() {
    String text = "https://o123.ingest.us.sentry.io/api/456/integration/otlp/v1/traces";

    assertThat(check("  " + text + "\n"))
        .isEqualTo(new EndpointCheck.Accepted(URI.create(text), AddressPolicy.PUBLIC, null));
  }

  @Test
  void check_listedWithHttpAndPort_mayBeAtAPrivateAddress() {
    String text = "http://localhost:9000/api/456/integration/otlp/v1/traces";

    assertThat(check(text))
        .isEqualTo(new EndpointCheck.Accepted(URI.create(text), AddressPolicy.ANY, null));
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/traces, /api/{project id}/integration/otlp/v1/traces",
    "/api/456/v1/traces, /api/456/integration/otlp/v1/traces",
    "/api/x/integration/otlp/v1/traces, /api/{project id}/integration/otlp/v1/traces",
  })
  void check_otherPathElsewhere_isAcceptedWithSentrysOwn(String path, String own) {
    String text = "https://relay.example.com" + path;
    String warning = "the path is not Sentry's own, which is " + own;

    assertThat(check(text))
        .isEqualTo(new EndpointCheck.Accepted(URI.create(text), AddressPolicy.PUBLIC, warning));
    assertThat(OtlpEndpoint.warnings(URI.create(text), DSN)).containsExactly(warning);
  }

  @ParameterizedTest
  @CsvSource({
    "https://o1.sentry.io/api/456/integration/otlp/v1/logs, /api/456/integration/otlp/v1/traces",
    "https://o1.sentry.io/api/456/otlp/v1/traces, /api/456/integration/otlp/v1/traces",
    "https://relay.example.com/api/456/otlp/v1/traces, /api/456/integration/otlp/v1/traces",
    "https://o1.ingest.sentry.io/v1/traces, /api/{project id}/integration/otlp/v1/traces",
    "https://o1.sentry.io, /api/{project id}/integration/otlp/v1/traces",
    "REPLACE_ME, https://{host}/api/{project id}/integration/otlp/v1/traces",
    "not a url, https://{host}/api/{project id}/integration/otlp/v1/traces",
    "o1.sentry.io/api/456/v1/traces, https://{host}/api/456/integration/otlp/v1/traces",
    "http://o1.sentry.io/api/456/integration/otlp/v1/traces, https (http only where",
    "https://other.example/api/456/integration/otlp/v1/traces, ALLOWED_ENDPOINT_HOSTS",
    "https://c0ffee00@o1.sentry.io/456, without user or key",
    "https://o1.sentry.io/api/456/integration/otlp/v1/traces?sentry_key=c0ffee00, without ?",
    "https://o1.sentry.io/api/456/integration/otlp/v1/traces#c0ffee00, without ?",
  })
  void check_unusableEndpoint_saysWhatIsExpectedAndNotWhatIsThere(String text, String expected) {
    EndpointCheck.Refused refused = refused(text, null);

    assertThat(refused.expected()).contains(expected);
    assertThat(refused.seen() + refused.expected())
        .doesNotContain("c0ffee00", "o1.", "example", "REPLACE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://o123.ingest.us.sentry.io/api/789/otlp/v1/traces",
        "https://relay.example.com/api/789/otlp/v1/traces",
        "https://o123.ingest.us.sentry.io/v1/traces",
        "nothing",
      })
  void check_dsnIsKnown_namesTheEndpointThatItImplies(String text) {
    assertThat(refused(text, DSN).expected())
        .isEqualTo("https://o123.ingest.us.sentry.io/api/456/integration/otlp/v1/traces");
  }

  static Stream<JsonNode> validDsns() {
    return Cases.of("dsn-cases.json").filter(c -> c.get("valid").asBoolean());
  }

  @ParameterizedTest
  @MethodSource("validDsns")
  void warnings_endpointOfTheDsnItself_none(JsonNode vector) {
    Dsn dsn = Dsn.parse(vector.get("dsn").asString());

    assertThat(OtlpEndpoint.warnings(dsn.otlpTracesEndpoint(), dsn)).isEmpty();
    assertThat(OtlpEndpoint.project(dsn.otlpTracesEndpoint())).isEqualTo(dsn.projectId());
  }

  @Test
  void warnings_otherHostAndProject_areNamedWithoutTheKey() {
    URI endpoint = URI.create("https://o9.ingest.sentry.io/api/789/integration/otlp/v1/traces");

    assertThat(OtlpEndpoint.warnings(endpoint, DSN))
        .containsExactly(
            "the endpoint's host is o9.ingest.sentry.io, the DSN's is o123.ingest.us.sentry.io",
            "the endpoint's project is 789, the DSN's is 456");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://O123.ingest.us.Sentry.io/api/456/integration/otlp/v1/traces",
        "https://o123.ingest.us.sentry.io:443/api/456/integration/otlp/v1/traces",
        "https://o123.ingest.us.sentry.io./api/456/integration/otlp/v1/traces",
      })
  void warnings_sameHostSpeltOtherwise_none(String endpoint) {
    assertThat(OtlpEndpoint.warnings(URI.create(endpoint), DSN)).isEmpty();
  }

  @Test
  void warnings_otherPort_isNamed() {
    URI endpoint =
        URI.create("https://o123.ingest.us.sentry.io:9000/api/456/integration/otlp/v1/traces");

    assertThat(OtlpEndpoint.warnings(endpoint, DSN))
        .containsExactly(
            "the endpoint's host is o123.ingest.us.sentry.io:9000,"
                + " the DSN's is o123.ingest.us.sentry.io");
  }

  @ParameterizedTest
  @CsvSource({
    "https://relay.example.com:9443/a/b/api/456/integration/otlp/v1/traces,"
        + " https://{public key}@relay.example.com:9443/a/b/456",
    "https://relay.example.com/v1/traces, https://{public key}@relay.example.com/{project id}",
  })
  void impliedDsn_hasAPlaceholderForTheKey(String endpoint, String dsn) {
    assertThat(OtlpEndpoint.impliedDsn(URI.create(endpoint))).isEqualTo(dsn);
  }
}
