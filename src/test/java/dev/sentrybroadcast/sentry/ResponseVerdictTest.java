package dev.sentrybroadcast.sentry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.sentry.HttpResult.NoResponse;
import dev.sentrybroadcast.sentry.HttpResult.Response;
import dev.sentrybroadcast.sentry.ResponseVerdict.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ResponseVerdictTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private static ResponseVerdict of(int status, String body) {
    return ResponseVerdict.of(new Response(status, Map.of(), body.getBytes(UTF_8), true), NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "200, ACCEPTED",
    "202, ACCEPTED",
    "204, ACCEPTED",
    "301, MISCONFIGURED",
    "307, MISCONFIGURED",
    "304, MISCONFIGURED",
    "400, MISCONFIGURED",
    "402, MISCONFIGURED",
    "404, MISCONFIGURED",
    "405, MISCONFIGURED",
    "407, MISCONFIGURED",
    "415, MISCONFIGURED",
    "422, MISCONFIGURED",
    "499, MISCONFIGURED",
    "401, KEY_REJECTED",
    "403, KEY_REJECTED",
    "413, TOO_LARGE",
    "429, RATE_LIMITED",
    "408, UNAVAILABLE",
    "500, UNAVAILABLE",
    "502, UNAVAILABLE",
    "503, UNAVAILABLE",
    "504, UNAVAILABLE",
    "599, UNAVAILABLE",
    "999, UNAVAILABLE"
  })
  void of_status_isOfItsKind(int status, Kind kind) {
    ResponseVerdict verdict = of(status, "");

    assertThat(verdict.kind()).isEqualTo(kind);
    assertThat(verdict.seen()).isEqualTo("HTTP " + status);
    assertThat(verdict.meaning().isEmpty()).isEqualTo(kind == Kind.ACCEPTED);
    assertThat(verdict.action().isEmpty()).isEqualTo(kind == Kind.ACCEPTED);
  }

  @Test
  void of_acceptedButNotSentWhole_isNotAccepted() {
    ResponseVerdict verdict =
        ResponseVerdict.of(new Response(200, Map.of(), new byte[0], false), NOW);

    assertThat(verdict.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(verdict.seen()).isEqualTo("HTTP 200 before the request was sent whole");
  }

  @ParameterizedTest
  @EnumSource
  void of_noResponse_saysWhy(HttpResult.Cause cause) {
    ResponseVerdict verdict = ResponseVerdict.of(new NoResponse(cause), NOW);

    assertThat(verdict.kind()).isIn(Kind.UNAVAILABLE, Kind.MISCONFIGURED);
    assertThat(verdict.seen()).isEqualTo(cause.words());
  }

  @ParameterizedTest
  @CsvSource({
    "ProjectId, another project",
    "Cors, Allowed Domains",
    "InvalidSignature, trusted Relay",
    "MissingSignature, trusted Relay",
    "FeatureDisabled, OTLP is not enabled",
  })
  void of_403_explainsTheReason(String reason, String words) {
    ResponseVerdict verdict = of(403, "event submission rejected with_reason: " + reason);

    assertThat(verdict.described()).startsWith("HTTP 403 (" + reason + "): ").contains(words);
  }

  @Test
  void of_unknownWords_repeatsNone() {
    assertThat(of(403, "you sent: canary").toString()).doesNotContain("canary");
  }

  @Test
  void of_503_saysHowLongToWait() {
    Response response = new Response(503, Map.of("retry-after", List.of("3")), new byte[0], true);

    assertThat(ResponseVerdict.of(response, NOW).retryAfter()).hasSeconds(3);
    assertThat(of(503, "").retryAfter()).isNull();
  }

  @Test
  void of_partialSuccess_countsItsRejectedSpans() {
    // partial_success { rejected_spans: 3 }
    assertThat(of(200, "\n\u0002\u0008\u0003").rejectedSpans()).isEqualTo(3);
  }
}
