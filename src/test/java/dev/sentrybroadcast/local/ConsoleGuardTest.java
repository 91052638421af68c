package dev.sentrybroadcast.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConsoleGuardTest {

  private final ConsoleGuard guard = new ConsoleGuard(9325);

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "127.0.0.1:9325, http://127.0.0.1:9325, same-origin",
        "localhost:9325, http://localhost:9325, same-origin",
        "localhost:9325, http://localhost:9325, -",
      })
  void refusal_ownPage_none(String host, String origin, @Nullable String site) {
    assertThat(guard.refusal("POST", "/api/fault", headers(host, origin, site))).isNull();
    assertThat(guard.refusal("GET", "/api/state", headers(host, null, site))).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, http://127.0.0.1:9325, same-origin",
        "evil.example:9325, http://evil.example:9325, same-origin",
        "127.0.0.1:9326, http://127.0.0.1:9326, same-origin",
        "127.0.0.1:9325, http://evil.example, cross-site",
        "127.0.0.1:9325, http://localhost:9325, same-site",
        "127.0.0.1:9325, https://127.0.0.1:9325, same-site",
        "127.0.0.1:9325, null, cross-site",
        "127.0.0.1:9325, -, -",
      })
  void refusal_otherPage_said(
      @Nullable String host, @Nullable String origin, @Nullable String site) {
    assertThat(guard.refusal("POST", "/api/fault", headers(host, origin, site))).isNotNull();
  }

  @Test
  void refusal_readingFromElsewhere_theApiOnly() {
    Headers link = headers("127.0.0.1:9325", null, "cross-site");

    assertThat(guard.refusal("GET", "/", link)).isNull();
    assertThat(guard.refusal("GET", "/api/state", link)).isNotNull();
  }

  @Test
  void refusal_formOfAnotherType_said() {
    Headers form = headers("127.0.0.1:9325", "http://127.0.0.1:9325", "same-origin");
    form.set("Content-Type", "text/plain");

    assertThat(guard.refusal("POST", "/api/fault", form)).isNotNull();
  }

  private static Headers headers(
      @Nullable String host, @Nullable String origin, @Nullable String site) {
    Headers headers = new Headers();
    headers.set("Content-Type", "application/json");
    if (host != null) {
      headers.set("Host", host);
    }
    if (origin != null) {
      headers.set("Origin", origin);
    }
    if (site != null) {
      headers.set("Sec-Fetch-Site", site);
    }
    return headers;
  }
}
