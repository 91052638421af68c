package dev.sentrybroadcast.sentry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AllowedHostsTest {

  private static EndpointCheck permission(String setting, String uri) {
    return AllowedHosts.parse(setting).permits(URI.create(uri));
  }

  @ParameterizedTest
  @CsvSource({
    "*.sentry.io,             https://o1.ingest.us.sentry.io/api/1, https://o1.ingest.us.sentry.io",
    "*.sentry.io,             https://O1.INGEST.SENTRY.IO/,         https://o1.ingest.sentry.io",
    "*.Sentry.IO.,            https://o1.ingest.sentry.io./,        https://o1.ingest.sentry.io",
    "*.sentry.io,             https://o1.ingest.sentry.io:443/,     https://o1.ingest.sentry.io",
    "relay.example.com,       https://relay.example.com/,           https://relay.example.com",
    "Relay.Example.com.,      HTTPS://RELAY.example.com./,          https://relay.example.com",
    "*.internal,              https://sentry.internal/,             https://sentry.internal",
  })
  void permits_listedName_onlyAtPublicAddresses(String setting, String uri, String origin) {
    assertThat(permission(setting, uri))
        .isEqualTo(new EndpointCheck.Accepted(URI.create(origin), AddressPolicy.PUBLIC, null));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:9000,   http://localhost:9000/,           http://localhost:9000",
    "HTTP://LocalHost.:9000,  http://localhost:9000/,           http://localhost:9000",
    "http://localhost:9000,   https://localhost:9000/,          https://localhost:9000",
    "http://localhost:80,     http://localhost/,                http://localhost",
    "http://localhost:443,    https://localhost/,               https://localhost",
    "http://127.0.0.1:9000,   HTTP://127.0.0.1:9000/,           http://127.0.0.1:9000",
    "http://127.0.0.1:9000,   http://[::ffff:127.0.0.1]:9000/,  http://127.0.0.1:9000",
    "http://[::1]:9000,       http://[::1]:9000/,               http://[0:0:0:0:0:0:0:1]:9000",
    "http://[::1]:9000,       http://[0:0:0:0:0:0:0:1]:9000/,   http://[0:0:0:0:0:0:0:1]:9000",
    "http://[2001:DB8::1]:80, http://[2001:db8:0::1]/,          http://[2001:db8:0:0:0:0:0:1]",
    "10.1.2.3,                https://10.1.2.3/,                https://10.1.2.3",
  })
  void permits_hostWithPortOrAddress_alsoAtPrivateAddresses(
      String setting, String uri, String origin) {
    assertThat(permission(setting, uri))
        .isEqualTo(new EndpointCheck.Accepted(URI.create(origin), AddressPolicy.ANY, null));
  }

  @ParameterizedTest
  @CsvSource({
    "*.sentry.io,             https://sentry.io/",
    "*.sentry.io,             https://evilsentry.io/",
    "*.sentry.io,             https://o1.ingest.sentry.io.evil.example/",
    "*.sentry.io,             https://.sentry.io/",
    "*.sentry.io,             https://evil.example/.sentry.io",
    "*.sentry.io,             https://evil.example#.sentry.io",
    "*.sentry.io,             https://o1.sentry.io@evil.example/",
    "*.sentry.io,             https://key@o1.sentry.io/",
    "*.sentry.io,             http://o1.sentry.io/",
    "*.sentry.io,             http://o1.sentry.io:443/",
    "*.sentry.io,             ftp://o1.sentry.io/",
    "*.sentry.io,             //o1.sentry.io/",
    "*.sentry.io,             file:///o1.sentry.io",
    "*.sentry.io,             https://o1.sentry.io:0/",
    "*.sentry.io,             https://o1.sentry.io:65536/",
    "*.sentry.io,             https://o1..sentry.io/",
    "*.sentry.io,             https://o1.sentry.io../",
    "*.sentry.io,             https://169.254.169.254/",
    "*.sentry.io,             https://2130706433/",
    "*.sentry.io,             https://[::1]/",
    "relay.example.com,       https://relay.example.com:9000/",
    "*.sentry.io,             https://o1.sentry.io:8443/",
    "[fd00::1],               https://[FD00::1]:9000/",
    "relay.example.com,       https://a.relay.example.com/",
    "relay.example.com,       http://relay.example.com/",
    "http://localhost:9000,   http://localhost:9001/",
    "http://localhost:9000,   http://localhost/",
    "http://localhost:9000,   http://127.0.0.1:9000/",
    "http://127.0.0.1:9000,   http://127.0.0.2:9000/",
    "10.1.2.3,                http://10.1.2.3/",
    "10.1.2.3,                https://10.1.2.30/",
  })
  void permits_anythingElse_isRefused(String setting, String uri) {
    assertThat(permission(setting, uri)).isInstanceOf(EndpointCheck.Refused.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://other.example/ | a host listed in ALLOWED_ENDPOINT_HOSTS",
        "http://o1.sentry.io/ | https (http only where ALLOWED_ENDPOINT_HOSTS has http://",
        "https://o1.sentry.io:8443/ | port 443 (another one only where ALLOWED_ENDPOINT_HOSTS has",
      })
  void permits_refused_saysWhatWouldBe(String uri, String expected) {
    assertThat(permission("*.sentry.io", uri))
        .isInstanceOfSatisfying(
            EndpointCheck.Refused.class,
            refused -> assertThat(refused.expected()).contains(expected));
  }

  @Test
  void permits_severalEntries_theWidestCounts() {
    String setting = " *.sentry.io , relay.internal,http://relay.internal:443 ,";

    assertThat(permission(setting, "https://o1.sentry.io/"))
        .isEqualTo(
            new EndpointCheck.Accepted(
                URI.create("https://o1.sentry.io"), AddressPolicy.PUBLIC, null));
    assertThat(permission(setting, "https://relay.internal/"))
        .isEqualTo(
            new EndpointCheck.Accepted(
                URI.create("https://relay.internal"), AddressPolicy.ANY, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "*.",
        "*.1",
        "*.0x7f",
        "*.*.io",
        "a*.io",
        "https://host.example",
        "http://host.example",
        "http://host.example:",
        "http://host.example:0",
        "http://host.example:65536",
        "http://host.example:+80",
        "http://host.example:0x50",
        "http://host.example:80/path",
        "http://*.example:80",
        "http://:80",
        "http://[::1]",
        "host.example:80",
        "host.example/path",
        "host_name",
        "::1",
        "[::1",
        "[host]",
        "300.1.1.1",
        "a..b",
        ".example",
        "-ü-",
      })
  void parse_badEntry_saysWhichAndWhatItMayBe(String entry) {
    assertThatThrownBy(() -> AllowedHosts.parse("*.sentry.io," + entry))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\""
                + entry
                + "\" in it; expected a host, *.suffix, or http://host:port, several with commas");
  }

  @Test
  void parse_dsnByMistake_isNotShown() {
    assertThatThrownBy(() -> AllowedHosts.parse("https://c0ffee@o1.ingest.sentry.io/1"))
        .hasMessageStartingWith("an entry with @ in it;")
        .hasMessageNotContaining("c0ffee");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", " , "})
  void parse_nothing_isRefused(String setting) {
    assertThatThrownBy(() -> AllowedHosts.parse(setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no host in it;");
  }
}
