package dev.sentrybroadcast.intake;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which fields the first pass reads at once. Every other object or array is only checked and kept
 * as a {@link JsonValue.Slice}, and so are the texts named here, for they are content: in privacy
 * mode nobody asks for them. It decides about speed, never about meaning: a slice is read when
 * someone asks.
 */
final class Place {

  /** Everything is read. */
  static final Place PLAIN = new Place(Map.of(), Set.of());

  private static final Set<String> CONTENT =
      Set.of(
          "messages",
          "input",
          "prompt",
          "system",
          "instructions",
          "query",
          "content",
          "output",
          "output_text",
          "completion",
          "text",
          "arguments",
          "result",
          "description",
          "message",
          "raw",
          "reasoning",
          "refusal");

  private static final Place ERROR =
      new Place(Map.of("metadata", new Place(Map.of(), CONTENT)), CONTENT);

  private static final Place REQUEST =
      new Place(Map.of("trace", PLAIN, "metadata", PLAIN, "reasoning", PLAIN), CONTENT);

  private static final Place RESPONSE =
      new Place(
          Map.of(
              "usage", PLAIN,
              "choices", new Place(Map.of("error", ERROR), CONTENT),
              "error", ERROR,
              "incomplete_details", PLAIN),
          CONTENT);

  private static final Place STEP = new Place(Map.of("error", ERROR), CONTENT);

  /** A record, whatever its dialect. */
  static final Place RECORD =
      new Place(
          Map.ofEntries(
              Map.entry("request", REQUEST),
              Map.entry("response", RESPONSE),
              Map.entry("usage", PLAIN),
              Map.entry("cost", PLAIN),
              Map.entry("trace", PLAIN),
              Map.entry("api_key", PLAIN),
              Map.entry("destination", PLAIN),
              Map.entry("error", ERROR),
              Map.entry("attempts", STEP),
              Map.entry("tool_executions", STEP),
              Map.entry("choices", new Place(Map.of("error", ERROR), CONTENT))),
          CONTENT);

  private final Map<String, Place> inner;
  private final Set<String> content;

  private Place(Map<String, Place> inner, Set<String> content) {
    this.inner = inner;
    this.content = content;
  }

  /** Where the field's object or array, with all its elements, is read; null to leave it. */
  @Nullable Place inside(String field) {
    return this == PLAIN ? PLAIN : inner.get(field);
  }

  boolean leavesText(String field) {
    return content.contains(field);
  }
}
