package dev.sentrybroadcast.sentry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class DsnTest {

  static Stream<JsonNode> validCases() {
    return Cases.of("dsn-cases.json").filter(c -> c.get("valid").asBoolean());
  }

  static Stream<JsonNode> invalidCases() {
    return Cases.of("dsn-cases.json").filter(c -> !c.get("valid").asBoolean());
  }

  @ParameterizedTest
  @MethodSource("validCases")
  void parse_validDsn_hasItsParts(JsonNode vector) {
    Dsn dsn = Dsn.parse(vector.get("dsn").asString());

    assertThat(dsn.scheme()).isEqualTo(Cases.text(vector, "scheme"));
    assertThat(dsn.publicKey()).isEqualTo(Cases.text(vector, "key"));
    assertThat(dsn.host()).isEqualTo(Cases.text(vector, "host"));
    assertThat(dsn.port() == null ? null : dsn.port().toString())
        .isEqualTo(Cases.text(vector, "port"));
    assertThat(dsn.pathPrefix()).isEqualTo(Cases.text(vector, "prefix"));
    assertThat(dsn.projectId()).isEqualTo(Cases.text(vector, "project"));
    assertThat(dsn.otlpTracesEndpoint()).hasToString(Cases.text(vector, "otlp_endpoint"));
  }

  @ParameterizedTest
  @MethodSource("invalidCases")
  void parse_invalidDsn_saysWhyAndNotWhat(JsonNode vector) {
    String text = vector.get("dsn").asString();

    Throwable thrown = catchThrowable(() -> Dsn.parse(text));

    assertThat(thrown)
        .isInstanceOf(InvalidDsnException.class)
        .hasNoCause()
        .hasMessageStartingWith(vector.get("reason").asString() + ": expected ");
    for (String part : text.split("[:/@?#\\s]+", -1)) {
      if (part.length() > 3 && !part.startsWith("http") && !part.equals("host")) {
        assertThat(thrown.getMessage()).doesNotContain(part);
      }
    }
  }

  @Test
  void cases_areAllThere() {
    assertThat(validCases().count()).isEqualTo(31);
    assertThat(invalidCases().count()).isEqualTo(24);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://key,sentry_key=other@host.example/1",
        "https://key\r\nx-evil: 1@host.example/1",
        "https://k€y@host.example/1",
        "https://<key>@host.example/1",
        "https://key@evil@host.example/1",
        "https://abc1…@host.example/1",
        "https://key@host.example\\@evil.example/1",
        "https://key@host example/1",
        "https://key@ho_st.example/1",
        "https://key@[::1/1",
        "https://key@host.example/a b/1",
        "https://key@host.example/a\"b/1",
        "https://key@host.example:0/1",
        "https://key@host.example:/1",
        "https://key@host.example:٣/1",
        "https://key@host.example/١٢",
        "https://key@host.example/-1",
        "https://key@host.example/123456789012345678901",
      })
  void parse_hostileOrBrokenDsn_isRefused(String text) {
    assertThatThrownBy(() -> Dsn.parse(text)).isInstanceOf(InvalidDsnException.class);
  }

  @Test
  void parse_upperCaseHost_isLowered() {
    assertThat(Dsn.parse("https://Key@O1.Ingest.Sentry.IO/1"))
        .isEqualTo(new Dsn("https", "Key", "o1.ingest.sentry.io", null, "", "1"));
  }

  @Test
  void envelopeEndpoint_withPrefixAndPort_standsBesideTheOtlpEndpoint() {
    assertThat(Dsn.parse("http://key@host.example:8080/path/7").envelopeEndpoint())
        .hasToString("http://host.example:8080/path/api/7/envelope/");
  }

  @Test
  void authHeader_namesKeyAndClient() {
    assertThat(Dsn.parse("https://abc123@host.example/1").authHeader("sentry-broadcast/1.2.3"))
        .isEqualTo("sentry sentry_key=abc123, sentry_client=sentry-broadcast/1.2.3");
  }

  @ParameterizedTest
  @CsvSource({"abc123, abc1…", "abcd, …", "a, …", "0123456789abcdef, 0123…"})
  void maskedKey_neverShowsTheWhole(String key, String masked) {
    assertThat(Dsn.parse("https://" + key + "@host.example/1").maskedKey()).isEqualTo(masked);
  }

  @Test
  void toString_hasNoKey() {
    assertThat(Dsn.parse("https://c0ffee00@o1.ingest.sentry.io/456"))
        .hasToString("Dsn[project 456 at o1.ingest.sentry.io]");
  }
}
