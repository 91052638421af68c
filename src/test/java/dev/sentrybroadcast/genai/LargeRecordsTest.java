package dev.sentrybroadcast.genai;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class LargeRecordsTest {

  private static final ContentLimits SMALL = new ContentLimits(4_096, 16_384);

  @Test
  void everyAttributeOfEverySpan_isWithinTheLimit() {
    for (int repeat : new int[] {1, 300, 3_000, 30_000}) {
      GenerationBuilder generation = Generations.everything("€é \uD83D\uDE00".repeat(repeat));
      for (ContentLimits limits : List.of(Trees.LIMITS, SMALL, SMALL.harder())) {
        Within.assertWithin(generation.build(), limits);
      }
    }
  }

  @Test
  void fiveHundredTools_fitIntoOneRequest() {
    GenerationBuilder generation = Generations.everything("x");
    for (int i = 0; i < 500; i++) {
      generation.tool(tool("r".repeat(64_000)));
    }
    SpanTree tree = Within.assertWithin(generation.build(), Trees.LIMITS);
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
    SpanTree ofTools = Within.assertWithin(tools.build(), Trees.LIMITS);
    assertThat(ofTools.spans()).hasSize(1_001);
    assertThat(Trees.generation(ofTools).getAttributes().get(SpanAttributes.SPANS_LEFT_OUT))
        .isEqualTo(59_000L);
    Within.assertWithin(metadata.build(), Trees.LIMITS);
    assertThat(Within.assertWithin(attempts.build(), Trees.LIMITS).spans()).hasSize(101);
  }

  @Test
  void sizeEstimate_namesOfSeveralBytesACharacter_isNotTooSmall() {
    GenerationBuilder generation = Generations.of("g");
    for (int i = 0; i < 64; i++) {
      generation.metadata("€".repeat(190) + i, new Scalar.Whole(i));
    }
    Within.assertWithin(generation.build(), Trees.LIMITS);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 37, 64, 200, 500})
  void limitsTooSmallForAnything_leaveContentOut(int bytes) {
    Within.assertWithin(
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
      Within.assertWithin(
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
    // Quadratic work would take minutes, and run into the time-out.
    Trees.tree(one, PrivacyMode.OFF);
    Trees.tree(two, PrivacyMode.OFF);
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

  private static ToolExecution tool(String result) {
    return new ToolExecution(
        null, "t", null, null, Content.of(new JsonText('"' + result + '"')), null, null);
  }
}
