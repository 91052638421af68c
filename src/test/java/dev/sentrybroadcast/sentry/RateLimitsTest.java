package dev.sentrybroadcast.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.sentry.RateLimits.Category;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class RateLimitsTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  static Stream<JsonNode> cases() {
    return Cases.of("rate-limit-cases.json");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void update_answer_holdsBackWhatItSays(JsonNode vector) {
    String at = Cases.text(vector, "now");
    Instant now = at == null ? NOW : Instant.parse(at);
    RateLimits limits = new RateLimits();
    if (vector.has("existing")) {
      for (Map.Entry<String, JsonNode> stored : vector.get("existing").properties()) {
        String category = stored.getKey().equals("*") ? "" : stored.getKey();
        String header = stored.getValue().asString() + ":" + category + ":key";
        limits.update(200, Map.of("x-sentry-rate-limits", List.of(header)), now);
      }
    }

    limits.update(vector.get("status").asInt(), headers(vector.get("headers")), now);

    JsonNode expected = vector.get("expect");
    assertThat(limits.remaining(Category.SPAN, now)).isEqualTo(duration(expected.get("span")));
    assertThat(limits.remaining(Category.ERROR, now)).isEqualTo(duration(expected.get("error")));
  }

  @Test
  void cases_areAllThere() {
    assertThat(cases().count()).isEqualTo(52);
  }

  private static Map<String, List<String>> headers(JsonNode node) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> header : node.properties()) {
      JsonNode value = header.getValue();
      headers.put(
          header.getKey(),
          value.isArray()
              ? value.valueStream().map(JsonNode::asString).toList()
              : List.of(value.asString()));
    }
    return headers;
  }

  private static Duration duration(JsonNode seconds) {
    return seconds.isNull()
        ? Duration.ZERO
        : Duration.ofMillis(Math.round(seconds.asDouble() * 1000));
  }

  @Test
  void remaining_asTimePasses_fallsToZero() {
    RateLimits limits = new RateLimits();
    limits.update(429, Map.of("retry-after", List.of("10")), NOW);

    assertThat(limits.remaining(Category.SPAN, NOW.plusSeconds(4))).hasSeconds(6);
    assertThat(limits.remaining(Category.SPAN, NOW.plusSeconds(10))).isZero();
    assertThat(limits.remaining(Category.SPAN, NOW.plusSeconds(99))).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "99999999999999999999999999999999999999",
    "179769313486231570000000000000000000000000000000000000000000000000000000.5",
  })
  void update_numberBeyondAllRange_isHeldAndDoesNotOverflow(String seconds) {
    RateLimits limits = new RateLimits();

    limits.update(429, Map.of("X-Sentry-Rate-Limits", List.of(seconds + ":span:key")), NOW);

    assertThat(limits.remaining(Category.SPAN, NOW)).isGreaterThan(Duration.ofDays(365));
  }

  @ParameterizedTest
  @CsvSource({"1e3", "NaN", "Infinity", "0x10", "10d", "+5", "1.2.3", ".", "-", "''"})
  void update_secondsNotANumber_holdsTheDefault(String seconds) {
    RateLimits limits = new RateLimits();

    limits.update(429, Map.of("X-Sentry-Rate-Limits", List.of(seconds + ":span:key")), NOW);

    assertThat(limits.remaining(Category.SPAN, NOW)).hasSeconds(60);
    assertThat(limits.remaining(Category.ERROR, NOW)).isZero();
  }

  @Test
  void retryAfter_zero_isAtOnce() {
    Map<String, List<String>> headers = Map.of("Retry-After", List.of("0"));
    RateLimits limits = new RateLimits();
    limits.update(429, headers, NOW);

    assertThat(RateLimits.retryAfter(headers, NOW)).isZero();
    assertThat(limits.remaining(Category.SPAN, NOW)).isZero();
  }

  @Test
  void retryAfter_usable_isTheWait() {
    assertThat(RateLimits.retryAfter(Map.of("Retry-After", List.of("20")), NOW)).hasSeconds(20);
    assertThat(
            RateLimits.retryAfter(
                Map.of("retry-after", List.of("Fri, 20 Nov 2026 12:00:07 GMT")), NOW))
        .hasSeconds(7);
  }

  @ParameterizedTest
  @CsvSource({"-1", "soon", "''", "'Fri, 20 Nov 2026 11:59:59 GMT'"})
  void retryAfter_notUsable_isNull(String value) {
    assertThat(RateLimits.retryAfter(Map.of("Retry-After", List.of(value)), NOW)).isNull();
    assertThat(RateLimits.retryAfter(Map.of(), NOW)).isNull();
  }

  @Test
  void update_fromManyThreads_keepsTheLongest() throws Exception {
    RateLimits limits = new RateLimits();
    List<Callable<Void>> updates = new ArrayList<>();
    for (int i = 1; i <= 200; i++) {
      String header = i + ":span:key";
      updates.add(() -> {
        limits.update(200, Map.of("X-Sentry-Rate-Limits", List.of(header)), NOW);
        return null;
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Void> update : threads.invokeAll(updates)) {
        update.get();
      }
    }

    assertThat(limits.remaining(Category.SPAN, NOW)).hasSeconds(200);
    assertThat(limits.remaining(Category.ERROR, NOW)).isZero();
  }
}
