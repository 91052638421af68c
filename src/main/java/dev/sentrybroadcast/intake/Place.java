package dev.sentrybroadcast.intake;

import java.util.HashMap;
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

  private static final String ENVELOPE = "data";

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
          "response",
          "completion",
          "text",
          "arguments",
          "result",
          "description",
          "message",
          "raw",
          "reasoning",
          "refusal");

  private static final Place ERROR_METADATA = new Place(Map.of(), CONTENT);

  /** Also a body of an answer, which has the error in it. */
  private static final Place ERROR =
      new Place(
          Map.of(
              "metadata",
              ERROR_METADATA,
              "error",
              new Place(Map.of("metadata", ERROR_METADATA), CONTENT)),
          CONTENT);

  private static final Place CHOICE = new Place(Map.of("error", ERROR), CONTENT);

  private static final Place REQUEST =
      new Place(Map.of("trace", PLAIN, "metadata", PLAIN, "reasoning", PLAIN), CONTENT);

  private static final Place RESPONSE =
      new Place(
          Map.of(
              "usage", PLAIN,
              "choices", CHOICE,
              "error", ERROR,
              "incomplete_details", PLAIN),
          CONTENT);

  private static final Place STEP = new Place(Map.of("error", ERROR), CONTENT);

  private static final Place FLAT = new Place(ofRecord(), CONTENT);

  /** A record, whatever its dialect. */
  static final Place RECORD = new Place(withData(), CONTENT);

  private final Map<String, Place> inner;
  private final Set<String> content;

  private Place(Map<String, Place> inner, Set<String> content) {
    this.inner = inner;
    this.content = content;
  }

  private static Map<String, Place> ofRecord() {
    Map<String, Place> inner = new HashMap<>();
    inner.put("request", REQUEST);
    inner.put("response", RESPONSE);
    inner.put("choices", CHOICE);
    inner.put("error", ERROR);
    inner.put("attempts", STEP);
    inner.put("tool_executions", STEP);
    for (String field : new String[] {"usage", "cost", "trace", "api_key", "destination"}) {
      inner.put(field, PLAIN);
    }
    return inner;
  }

  private static Map<String, Place> withData() {
    Map<String, Place> inner = ofRecord();
    inner.put(ENVELOPE, FLAT);
    return inner;
  }

  /** Where the field's object, or array with all its elements, is read; null to leave it. */
  @Nullable Place inside(String field, boolean array) {
    if (this == PLAIN) {
      return PLAIN;
    }
    // An array of that name holds images or embeddings.
    return array && field.equals(ENVELOPE) ? null : inner.get(field);
  }

  boolean leavesText(String field) {
    return content.contains(field);
  }
}
