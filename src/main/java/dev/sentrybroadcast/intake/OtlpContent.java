package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What went in and came out of a recorded span, of any of the attributes it may stand in. The same
 * content under several names, as OpenRouter sends it, is one.
 */
final class OtlpContent {

  private static final String[] INPUT = {
    "gen_ai.input.messages",
    "gen_ai.request.messages",
    "gen_ai.prompt",
    "input.value",
    "span.input",
    "trace.input"
  };

  private static final String[] OUTPUT = {
    "gen_ai.output.messages",
    "gen_ai.completion",
    "gen_ai.response.text",
    "output.value",
    "span.output",
    "trace.output"
  };

  private static final String[] TOOLS = {
    "gen_ai.tool.definitions", "gen_ai.request.available_tools"
  };

  private final OtlpAttributes attributes;
  private final Set<String> held = new HashSet<>();
  private final Exchange exchange;
  private final @Nullable Content<JsonText> toolArguments;
  private final @Nullable Content<JsonText> toolResult;

  private OtlpContent(OtlpAttributes attributes) {
    this.attributes = attributes;
    // OpenInference has one pair of names for whatever a span does.
    boolean tool = "TOOL".equals(attributes.text("openinference.span.kind"));
    String input = tool ? null : first(INPUT);
    String output = tool ? null : first(OUTPUT);
    IndexedMessages asked = IndexedMessages.of(attributes, "gen_ai.prompt.", held);
    IndexedMessages answered = IndexedMessages.of(attributes, "gen_ai.completion.", held);
    exchange =
        new Exchange(
            messages(input, asked, "user"),
            messages(output, answered, "assistant"),
            system(first("gen_ai.system_instructions")),
            tools(first(TOOLS), output),
            json(first("gen_ai.embeddings.input")));
    toolArguments =
        json(first(tool ? "input.value" : "gen_ai.tool.call.arguments", "gen_ai.tool.input"));
    toolResult =
        json(first(tool ? "output.value" : "gen_ai.tool.call.result", "gen_ai.tool.output"));
  }

  static OtlpContent of(OtlpAttributes attributes) {
    return new OtlpContent(attributes);
  }

  /** Does the attribute's text stand in here, or the same of another name? */
  boolean holds(String key) {
    return held.contains(key);
  }

  Exchange exchange() {
    return exchange;
  }

  @Nullable Content<JsonText> toolArguments() {
    return toolArguments;
  }

  @Nullable Content<JsonText> toolResult() {
    return toolResult;
  }

  /** The first name with a text or a list; the others say the same, or nothing Sentry reads. */
  private @Nullable String first(String... names) {
    String first = null;
    for (String name : names) {
      JsonValue value = attributes.get(name);
      if (value != null && !(value instanceof JsonValue.Numeric)) {
        held.add(name);
        first = first == null ? name : first;
      }
    }
    return first;
  }

  private @Nullable Content<List<Message>> messages(
      @Nullable String name, IndexedMessages indexed, String role) {
    JsonValue value = name == null ? null : attributes.get(name);
    if (value != null) {
      return Content.deferred(() -> OtlpMessages.of(value, role));
    }
    return indexed.isEmpty() ? null : Content.deferred(() -> indexed.messages(role));
  }

  private @Nullable Content<List<Part>> system(@Nullable String name) {
    JsonValue value = name == null ? null : attributes.get(name);
    return value == null ? null : Content.deferred(() -> OtlpMessages.parts(value));
  }

  private @Nullable Content<JsonText> json(@Nullable String name) {
    JsonValue value = name == null ? null : attributes.get(name);
    return value == null ? null : Content.deferred(() -> text(value));
  }

  /** OpenRouter's stand in the echo of the request, beside the answer. */
  private @Nullable Content<JsonText> tools(@Nullable String name, @Nullable String output) {
    if (name != null) {
      return json(name);
    }
    JsonValue answer =
        "gen_ai.completion".equals(output) ? attributes.get("gen_ai.completion") : null;
    String said = JsonValue.text(answer);
    if (answer == null
        || said == null
        || !said.contains("\"rawRequest\"")
        || !said.contains("\"tools\"")) {
      return null;
    }
    JsonValue request = JsonValue.members(OtlpMessages.parsed(answer)).get("rawRequest");
    JsonValue tools = JsonValue.members(request).get("tools");
    return tools == null ? null : Content.deferred(() -> text(tools));
  }

  private static JsonText text(JsonValue value) {
    JsonText text = JsonTexts.ofArguments(value);
    return text == null ? JsonTexts.ofText("") : text;
  }
}
