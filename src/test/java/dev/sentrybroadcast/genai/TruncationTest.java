package dev.sentrybroadcast.genai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.GenerationBuilder;
import dev.sentrybroadcast.generation.Generations;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.generation.PrivacyMode;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class TruncationTest {

  private static final ContentLimits SMALL = new ContentLimits(4_096, 16_384);

  @Test
  void content_withinTheLimits_isUntouched() {
    SpanData span = Trees.generation(Generations.of("g").input(List.of(Generations.user("hi"))));
    assertThat(span.getAttributes().get(SpanAttributes.CONTENT_TRUNCATED)).isNull();
    assertThat(span.getAttributes().get(SpanAttributes.CONTENT_ORIGINAL_LENGTH)).isNull();
  }

  @Test
  void content_ofJustTheLimit_isUntouched() {
    int around = size(small(padded(1)), SpanAttributes.INPUT_MESSAGES) - 1;
    SpanData most = small(padded(4_096 - around));
    assertThat(size(most, SpanAttributes.INPUT_MESSAGES)).isEqualTo(4_096);
    assertThat(read(most, SpanAttributes.INPUT_MESSAGES)).hasSize(31);
    assertThat(most.getAttributes().get(SpanAttributes.CONTENT_TRUNCATED)).isNull();

    SpanData more = small(padded(4_097 - around));
    assertThat(size(more, SpanAttributes.INPUT_MESSAGES)).isBetween(3_000, 4_096);
    assertThat(more.getAttributes().get(SpanAttributes.CONTENT_TRUNCATED)).isTrue();
    assertThat(more.getAttributes().get(SpanAttributes.CONTENT_ORIGINAL_LENGTH)).isEqualTo(4_097);
  }

  /** Thirty messages of one character, and one of so many. */
  private static GenerationBuilder padded(int characters) {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      messages.add(Generations.assistant("a"));
    }
    messages.add(Generations.user("b".repeat(characters)));
    return Generations.of("g").input(messages);
  }

  @Test
  void surrogatePairs_areNeverCutApart() {
    for (String start : new String[] {"", "a", "ab", "abc"}) {
      Message message = Generations.user(start + "\uD83D\uDE00".repeat(5_000));
      SpanData span = small(Generations.of("g").input(List.of(message)));
      assertThat(span.getAttributes().get(SpanAttributes.INPUT_MESSAGES))
          .contains("\uD83D\uDE00…[", "]…\uD83D\uDE00")
          .doesNotContain("\uFFFD");
    }
  }

  @Test
  void oneLargeMessage_isCutFromTheMiddleAndSaysSo() {
    String text = "HEAD" + "é".repeat(450_000) + "TAIL";
    SpanData span = Trees.generation(Generations.of("g").input(List.of(Generations.user(text))));
    JsonNode messages = read(span, SpanAttributes.INPUT_MESSAGES);
    String kept = messages.path(0).path("parts").path(0).path("content").stringValue();
    assertThat(kept).startsWith("HEADé").endsWith("éTAIL").contains(" characters left out]…");
    int from = kept.indexOf("…[") + 2;
    int left = Integer.parseInt(kept.substring(from, kept.indexOf(' ', from)));
    String marker = "…[" + left + " characters left out]…";
    assertThat(kept.length() - marker.length() + left).isEqualTo(text.length());
    assertThat(size(span, SpanAttributes.INPUT_MESSAGES)).isBetween(64_000, 65_536);
    assertThat(span.getAttributes().get(SpanAttributes.CONTENT_TRUNCATED)).isTrue();
    assertThat(span.getAttributes().get(SpanAttributes.CONTENT_ORIGINAL_LENGTH))
        .isEqualTo(900_008L + "[{'role':'user','parts':[{'type':'text','content':''}]}]".length());
  }

  @Test
  void tenThousandMessages_keepTheLastAndCountTheDropped() {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      messages.add(i % 2 == 0 ? Generations.user("question " + i) : Generations.assistant("a" + i));
    }
    SpanData span = Trees.generation(Generations.of("g").input(messages));
    JsonNode kept = read(span, SpanAttributes.INPUT_MESSAGES);
    String first = kept.path(0).path("parts").path(0).path("content").stringValue();
    assertThat(first).isEqualTo("[" + (10_000 - kept.size() + 1) + " messages left out]");
    assertThat(kept.path(0).path("role").stringValue()).isEqualTo("assistant");
    assertThat(kept.path(kept.size() - 1).toString()).contains("a9999");
    assertThat(kept.path(kept.size() - 2).toString()).contains("question 9998");
    assertThat(size(span, SpanAttributes.INPUT_MESSAGES)).isBetween(64_000, 65_536);
    assertThat(Conventions.violations("gen-ai-input-messages", kept.toString())).isEmpty();
  }

  @Test
  void oldestMessages_areShortenedFirst() {
    List<Message> messages =
        IntStream.range(0, 5).mapToObj(i -> Generations.user("m".repeat(1_200))).toList();
    JsonNode kept = read(small(Generations.of("g").input(messages)), SpanAttributes.INPUT_MESSAGES);
    int[] lengths =
        IntStream.range(0, 5)
            .map(i -> kept.path(i).path("parts").path(0).path("content").stringValue().length())
            .toArray();
    assertThat(kept).hasSize(5);
    assertThat(lengths[0]).isLessThan(300);
    assertThat(lengths[1]).isLessThan(300);
    assertThat(lengths[3]).isEqualTo(1_200);
    assertThat(lengths[4]).isEqualTo(1_200);
  }

  @Test
  void lastUserMessage_keepsHalfWhateverComesAfterAndBefore() {
    List<Message> messages = new ArrayList<>();
    messages.add(Generations.user("old ".repeat(2_000)));
    messages.add(Generations.user("Q" + "u".repeat(5_000)));
    messages.add(Generations.assistant("after ".repeat(2_000)));
    JsonNode kept = read(small(Generations.of("g").input(messages)), SpanAttributes.INPUT_MESSAGES);
    assertThat(kept.path(1).toString()).contains("Quuu").hasSizeGreaterThan(1_900);
  }

  @Test
  void firstOutput_isShortenedLast() {
    List<Message> outputs =
        List.of(Generations.assistant("1".repeat(3_000)), Generations.assistant("2".repeat(9_000)));
    SpanData span =
        small(
            Generations.of("g")
                .exchange(new Exchange(null, Content.of(outputs), null, null, null)));
    JsonNode kept = read(span, SpanAttributes.OUTPUT_MESSAGES);
    assertThat(kept.path(0).path("parts").path(0).path("content").stringValue()).hasSize(3_000);
    assertThat(kept.path(1).path("finish_reason").stringValue()).isEqualTo("stop");
  }

  @Test
  void json_thatIsTooLong_becomesAStringOfHeadAndTail() {
    String json = "{\"first\":\"" + "a".repeat(9_000) + "\",\"last\":1}";
    SpanData span =
        small(
            Generations.of("g")
                .exchange(new Exchange(null, null, null, Content.of(new JsonText(json)), null)));
    String text = read(span, SpanAttributes.TOOL_DEFINITIONS).stringValue();
    assertThat(text).startsWith("{\"first\":\"aaa").endsWith("aaa\",\"last\":1}");
    assertThat(size(span, SpanAttributes.TOOL_DEFINITIONS)).isLessThanOrEqualTo(4_096);
  }

  @Test
  void manyParts_keepTheLastAndCountTheDropped() {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      parts.add(new Part.Text("part " + i));
    }
    Message message = new Message("user", null, parts, null);
    JsonNode kept =
        read(small(Generations.of("g").input(List.of(message))), SpanAttributes.INPUT_MESSAGES)
            .path(0)
            .path("parts");
    assertThat(kept.path(0).path("content").stringValue()).endsWith(" parts left out]");
    assertThat(kept.path(kept.size() - 1).path("content").stringValue()).isEqualTo("part 4999");
  }

  private static SpanData small(GenerationBuilder generation) {
    return Trees.generation(
        new GenerationSpans("s", "1").spans(generation.build(), PrivacyMode.OFF, SMALL));
  }

  private static JsonNode read(SpanData span, AttributeKey<String> key) {
    return Conventions.JSON.readTree(span.getAttributes().get(key));
  }

  private static int size(SpanData span, AttributeKey<String> key) {
    String value = span.getAttributes().get(key);
    return value == null ? 0 : value.getBytes(UTF_8).length;
  }
}
