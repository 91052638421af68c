package dev.sentrybroadcast.genai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.GenerationBuilder;
import dev.sentrybroadcast.generation.Generations;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.ToolExecution;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(20)
final class TruncationTest {

  private static final ContentLimits SMALL = new ContentLimits(4_096, 16_384);
  private static final int REQUEST_BYTES = 4 * 1024 * 1024;

  @Test
  void content_withinTheLimits_isUntouched() {
    SpanData span = Trees.generation(Generations.of("g").input(List.of(Generations.user("hi"))));
    assertThat(span.getAttributes().get(SpanAttributes.CONTENT_TRUNCATED)).isNull();
    assertThat(span.getAttributes().get(SpanAttributes.CONTENT_ORIGINAL_LENGTH)).isNull();
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
  void everyAttributeOfEverySpan_isWithinTheLimit() {
    for (int repeat : new int[] {1, 300, 3_000, 30_000}) {
      GenerationBuilder generation = Generations.everything("€é \uD83D\uDE00".repeat(repeat));
      for (ContentLimits limits : List.of(Trees.LIMITS, SMALL, SMALL.harder())) {
        assertWithin(generation.build(), limits);
      }
    }
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

  @Test
  void fiveHundredTools_fitIntoOneRequest() {
    GenerationBuilder generation = Generations.everything("x");
    for (int i = 0; i < 500; i++) {
      generation.tool(tool("r".repeat(64_000)));
    }
    SpanTree tree = assertWithin(generation.build(), Trees.LIMITS);
    assertThat(tree.spans()).hasSize(506);
    assertThat(Trees.generation(tree).getAttributes().get(SpanAttributes.CONTENT_TRUNCATED))
        .isNull();
  }

  @Test
  void hostileRecords_fitIntoOneRequest() {
    GenerationBuilder tools = Generations.of("tools");
    GenerationBuilder metadata = Generations.everything("x");
    for (int i = 0; i < 64; i++) {
      metadata.metadata("€".repeat(190) + i, new Scalar.Text("€".repeat(4_096)));
    }
    GenerationBuilder attempts = Generations.of("attempts").session("€".repeat(1_000));
    for (int i = 0; i < 60_000; i++) {
      tools.tool(tool("1"));
      attempts.attempt(
          new Attempt("p", "m", 500, null, new Failure("e", 500, Content.of("words"))));
    }
    for (int i = 0; i < 400; i++) {
      metadata.tool(tool("€".repeat(30_000)));
    }
    SpanTree ofTools = assertWithin(tools.build(), Trees.LIMITS);
    assertThat(ofTools.spans()).hasSize(1_001);
    assertThat(Trees.generation(ofTools).getAttributes().get(SpanAttributes.SPANS_LEFT_OUT))
        .isEqualTo(59_000L);
    assertWithin(metadata.build(), Trees.LIMITS);
    assertThat(assertWithin(attempts.build(), Trees.LIMITS).spans()).hasSize(101);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 37, 64, 200, 500})
  void limitsTooSmallForAnything_leaveContentOut(int bytes) {
    assertWithin(
        Generations.everything("x".repeat(1_000)).build(), new ContentLimits(bytes, bytes));
  }

  @Test
  void randomMessages_areAlwaysValidAndWithinTheLimit() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      List<Message> messages = new ArrayList<>();
      int count = 1 + random.nextInt(30);
      for (int i = 0; i < count; i++) {
        messages.add(randomMessage(random));
      }
      int limit = 100 + random.nextInt(6_000);
      assertWithin(
          Generations.of("g" + round)
              .exchange(
                  new Exchange(
                      Content.of(messages),
                      Content.of(messages),
                      Content.of(messages.getFirst().parts()),
                      null,
                      null))
              .build(),
          new ContentLimits(limit, 2 * limit));
    }
  }

  @Test
  void largeRecords_takeLinearTime() {
    Generation one =
        Generations.of("g")
            .input(IntStream.range(0, 10_000).mapToObj(i -> Generations.user("\"\n" + i)).toList())
            .build();
    Generation two =
        Generations.of("g").input(List.of(Generations.user("\u0001".repeat(900_000)))).build();
    long start = System.nanoTime();
    Trees.tree(one, PrivacyMode.OFF);
    Trees.tree(two, PrivacyMode.OFF);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
  }

  private static Message randomMessage(Random random) {
    List<Part> parts = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      String text = "é\"\n€\uD83D\uDE00x".repeat(random.nextInt(200));
      JsonText json = new JsonText("[\"" + "a\\u0041€".repeat(random.nextInt(300)) + "\"]");
      parts.add(
          switch (random.nextInt(7)) {
            case 0 -> new Part.Text(text);
            case 1 -> new Part.Reasoning(text.substring(0, text.length() / 2));
            case 2 -> new Part.ToolCall("c", "t", json);
            case 3 -> new Part.ToolResult("c".repeat(random.nextInt(2_000)), "t", json);
            case 4 -> new Part.Uri("image", null, "https://e/" + "a".repeat(500));
            case 5 -> new Part.Other("o", json);
            default -> new Part.Blob("image", "image/png", 3);
          });
    }
    return new Message(random.nextBoolean() ? "user" : "assistant", null, parts, "stop");
  }

  /** Every content attribute is valid JSON within its limit; spans and tree are within theirs. */
  private static SpanTree assertWithin(Generation generation, ContentLimits limits) {
    SpanTree tree = new GenerationSpans("s", "1").spans(generation, PrivacyMode.OFF, limits);
    for (SpanData span : tree.spans()) {
      int[] total = {span.getStatus().getDescription().getBytes(UTF_8).length};
      assertThat(total[0]).isLessThanOrEqualTo(limits.attributeBytes());
      for (AttributeKey<String> key : PrivacyModeTest.CONTENT) {
        String value = span.getAttributes().get(key);
        if (value != null) {
          int bytes = value.getBytes(UTF_8).length;
          total[0] += bytes;
          assertThat(bytes).as(key.getKey()).isLessThanOrEqualTo(limits.attributeBytes());
          if (!key.equals(SpanAttributes.TOOL_DESCRIPTION)) {
            Conventions.JSON.readTree(value);
          }
        }
      }
      assertThat(total[0]).isLessThanOrEqualTo(limits.spanBytes());
    }
    assertThat(TraceRequestMarshaler.create(tree.spans()).getBinarySerializedSize())
        .isLessThan(REQUEST_BYTES);
    return tree;
  }

  private static ToolExecution tool(String result) {
    return new ToolExecution(
        null, "t", null, null, Content.of(new JsonText('"' + result + '"')), null, null);
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
