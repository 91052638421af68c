package dev.sentrybroadcast.genai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.RedactionCanaries;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.ContentRules;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.GenerationBuilder;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Redaction;
import dev.sentrybroadcast.generation.Redaction.Kind;
import io.opentelemetry.api.common.Attributes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Redaction in the content of spans. */
final class RedactionTest {

  private static final GenerationSpans SPANS = new GenerationSpans("sentry-broadcast", "0.1.0");
  private static final ContentRules REDACTED = new ContentRules(PrivacyMode.OFF, Redaction.ALL);

  private int planted;
  private final List<Integer> numbers = new ArrayList<>();

  private String text() {
    numbers.add(++planted);
    return RedactionCanaries.text(planted);
  }

  private JsonText json() {
    return new JsonText("{\"" + text() + "\":[\"" + text() + "\"]}");
  }

  /** Every part of a message, and every text in it. */
  @Test
  void everyPart_isRedacted() {
    List<Part> parts =
        List.of(
            new Part.Text(text()),
            new Part.Reasoning(text()),
            new Part.Refusal(text()),
            new Part.ToolCall(text(), text(), json()),
            new Part.ToolResult(text(), text(), json()),
            new Part.Blob(text(), text(), 7),
            new Part.Uri(text(), text(), text()),
            new Part.FileReference(text(), text(), text()),
            new Part.Other(text(), json()));
    List<Message> messages = List.of(new Message("user", text(), parts, "stop"));
    Generation generation =
        new GenerationBuilder("r")
            .exchange(
                new Exchange(
                    Content.of(messages),
                    Content.of(messages),
                    Content.of(parts),
                    Content.of(json()),
                    Content.of(json())))
            .build();

    SpanTree tree = SPANS.spans(generation, REDACTED, new ContentLimits(1 << 20, 1 << 22));
    String sent = attributes(tree).toString();

    for (int number : numbers) {
      RedactionCanaries.values(number)
          .forEach((kind, value) -> assertThat(sent.contains(value)).as("%s", kind).isFalse());
    }
    assertThat(attributes(tree).get(SpanAttributes.redacted(Kind.EMAIL.id())))
        .isGreaterThan(2L * planted);
    assertThat(tree.redacted()).isGreaterThan(11L * 2 * planted);
  }

  /** A value that is cut in two would not be found any more. */
  @Test
  void redaction_isBeforeTruncation() {
    String text = "x".repeat(180) + " ana.anderson@example.com " + "y".repeat(600);
    Generation generation =
        new GenerationBuilder("r")
            .exchange(
                new Exchange(
                    Content.of(
                        List.of(new Message("user", null, List.of(new Part.Text(text)), null))),
                    null,
                    null,
                    null,
                    null))
            .build();
    for (int bytes = 256; bytes < 700; bytes++) {
      Attributes attributes =
          attributes(SPANS.spans(generation, REDACTED, new ContentLimits(bytes, 1 << 19)));

      assertThat(attributes.get(SpanAttributes.INPUT_MESSAGES)).doesNotContain("ana", "@example");
    }
  }

  @Test
  void privacyMode_hasNothingToRedact() {
    assertThat(new ContentRules(PrivacyMode.ON, Redaction.ALL))
        .isEqualTo(ContentRules.of(PrivacyMode.ON));
  }

  private static Attributes attributes(SpanTree tree) {
    return tree.spans().getFirst().getAttributes();
  }
}
