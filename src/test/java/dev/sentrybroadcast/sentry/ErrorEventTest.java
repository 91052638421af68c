package dev.sentrybroadcast.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class ErrorEventTest {

  private static final Instant SENT_AT = Instant.parse("2026-11-20T12:00:05Z");

  private static ErrorEvent event(String value, Map<String, String> tags) {
    return new ErrorEvent(
        "0123456789abcdef0123456789abcdef",
        1_763_640_002_100_000_999L,
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "bbbbbbbbbbbbbbbb",
        "rate_limit_exceeded",
        value,
        List.of("openai", "rate_limit_exceeded", "gpt-4o"),
        tags,
        "Error Analysis Agent",
        "user_12345",
        "production",
        "v2.1.0");
  }

  private static String[] lines(byte[] envelope) {
    return new String(envelope, StandardCharsets.UTF_8).split("\n", -1);
  }

  @Test
  void envelope_wholeEvent_isThreeLinesThatFitTogether() {
    byte[] envelope = event("Too many", Map.of("model", "gpt-4o")).envelope("1.2.3", SENT_AT);

    String[] lines = lines(envelope);
    assertThat(lines).hasSize(4);
    assertThat(lines[3]).isEmpty();
    assertThat(lines[0])
        .isEqualTo(
            """
            {"event_id":"0123456789abcdef0123456789abcdef","sent_at":"2026-11-20T12:00:05Z"}\
            """);
    assertThat(lines[1])
        .isEqualTo(
            "{\"type\":\"event\",\"length\":"
                + lines[2].getBytes(StandardCharsets.UTF_8).length
                + ",\"content_type\":\"application/json\"}");
    assertThat(Cases.parse(lines[2]))
        .isEqualTo(
            Cases.parse(
                """
                {"event_id": "0123456789abcdef0123456789abcdef",
                 "timestamp": 1763640002.100000,
                 "platform": "other", "level": "error", "logger": "sentry-broadcast",
                 "transaction": "Error Analysis Agent",
                 "environment": "production", "release": "v2.1.0",
                 "exception": {"values": [{"type": "rate_limit_exceeded", "value": "Too many"}]},
                 "contexts": {"trace": {"trace_id": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                                        "span_id": "bbbbbbbbbbbbbbbb"}},
                 "user": {"id": "user_12345"},
                 "tags": {"model": "gpt-4o"},
                 "fingerprint": ["openai", "rate_limit_exceeded", "gpt-4o"],
                 "sdk": {"name": "sentry-broadcast", "version": "1.2.3"}}
                """));
  }

  @Test
  void envelope_timestamp_keepsMicroseconds() {
    String payload = lines(event("x", Map.of()).envelope("1", SENT_AT))[2];

    assertThat(payload).contains("\"timestamp\":1763640002.100000,");
  }

  @Test
  void envelope_withoutOptionalFields_leavesThemOut() {
    ErrorEvent bare =
        new ErrorEvent(
            "e", 0, "t", "s", "Type", "Value", List.of(), Map.of(), null, null, null, null);

    JsonNode payload = Cases.parse(lines(bare.envelope("1", SENT_AT))[2]);

    assertThat(payload.propertyNames())
        .containsExactly(
            "event_id", "timestamp", "platform", "level", "logger", "exception", "contexts", "sdk");
  }

  @Test
  void envelope_sameEvent_isTheSameBytesWhateverTheOrderOfItsTags() {
    Map<String, String> forward = new LinkedHashMap<>();
    forward.put("a", "1");
    forward.put("b", "2");
    Map<String, String> backward = new LinkedHashMap<>();
    backward.put("b", "2");
    backward.put("a", "1");

    assertThat(event("x", forward).envelope("1", SENT_AT))
        .isEqualTo(event("x", backward).envelope("1", SENT_AT));
    assertThat(lines(event("x", forward).envelope("1", SENT_AT))[2])
        .isEqualTo(lines(event("x", forward).envelope("1", SENT_AT.plusSeconds(9)))[2]);
  }

  @Test
  void envelope_lineBreaksQuotesAndLoneSurrogates_stayValid() {
    String value = "line\nbreak \"quoted\" \u0000 \uD83D\uDE00 lone \uD83D";

    String[] lines = lines(event(value, Map.of("k", "a\r\nb")).envelope("1", SENT_AT));

    assertThat(lines).hasSize(4);
    JsonNode payload = Cases.parse(lines[2]);
    assertThat(payload.at("/exception/values/0/value").asString())
        .isEqualTo("line\nbreak \"quoted\" \u0000 \uD83D\uDE00 lone ?");
    assertThat(payload.at("/tags/k").asString()).isEqualTo("a  b");
    assertThat(Cases.parse(lines[1]).get("length").asInt())
        .isEqualTo(lines[2].getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void envelope_longTexts_areCutWhereRelayWould() {
    ErrorEvent event = event("v".repeat(8191) + "\uD83D\uDE00", Map.of("k", "t".repeat(500)));

    JsonNode payload = Cases.parse(lines(event.envelope("1", SENT_AT))[2]);

    assertThat(payload.at("/exception/values/0/value").asString()).isEqualTo("v".repeat(8191));
    assertThat(payload.at("/tags/k").asString()).isEqualTo("t".repeat(200));
  }
}
