package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.json.Base64Data;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parts of a message. The names of different APIs do not collide, so one reader reads all. */
public final class ContentParts {

  private ContentParts() {}

  /** Of a {@code content}: a text, an array of parts, one part, a number or a boolean. */
  public static List<Part> of(@Nullable JsonValue content) {
    List<Part> parts = new ArrayList<>();
    add(content, parts);
    return parts;
  }

  static void add(@Nullable JsonValue content, List<Part> into) {
    if (content == null) {
      return;
    }
    switch (content) {
      case JsonValue.Text(String text) -> addText(text, into);
      case JsonValue.Array(var items) -> items.forEach(item -> addOne(item, into));
      case JsonObject part -> part(part, into);
      case JsonValue.Numeric _, JsonValue.Bool _ -> addText(JsonTexts.compact(content), into);
      case JsonValue.Null _ -> {}
    }
  }

  /** One message of these parts; none where there are no parts. */
  static List<Message> answer(List<Part> parts, @Nullable String finishReason) {
    return parts.isEmpty()
        ? List.of()
        : List.of(new Message("assistant", null, parts, finishReason));
  }

  /** Of a message: its {@code content}, else its {@code parts}, else its {@code text}. */
  static void addMessage(JsonObject message, List<Part> into) {
    int before = into.size();
    add(message.get("content"), into);
    addOther("citations", message.first("annotations", "citations"), into);
    if (into.size() == before) {
      into.addAll(ConventionParts.of(JsonValue.items(message.get("parts"))));
    }
    if (into.size() == before) {
      add(message.get("text"), into);
    }
  }

  private static void addOne(JsonValue item, List<Part> into) {
    switch (item) {
      case JsonValue.Text(String text) -> addText(text, into);
      case JsonObject part -> part(part, into);
      case JsonValue.Null _ -> {}
      case JsonValue.Numeric _, JsonValue.Bool _, JsonValue.Array _ -> addJson(item, into);
    }
  }

  static void addText(@Nullable String text, List<Part> into) {
    add(text, Part.Text::new, into);
  }

  static void addReasoning(@Nullable String text, List<Part> into) {
    add(text, Part.Reasoning::new, into);
  }

  static void addRefusal(@Nullable String text, List<Part> into) {
    add(text, Part.Refusal::new, into);
  }

  /** What stands beside a text, such as the sources that it cites. */
  static void addOther(String type, @Nullable JsonValue value, List<Part> into) {
    if (value != null && !value.isBlank()) {
      into.add(new Part.Other(type, JsonTexts.of(value)));
    }
  }

  /** JSON that is no part of any API, as text. */
  static void addJson(JsonValue value, List<Part> into) {
    if (!value.isBlank()) {
      into.add(new Part.Text(JsonTexts.compact(value)));
    }
  }

  private static void add(@Nullable String text, Function<String, Part> kind, List<Part> into) {
    if (text != null && !text.isEmpty()) {
      into.add(kind.apply(Base64Data.without(text)));
    }
  }

  private static void part(JsonObject part, List<Part> into) {
    String type = part.text("type");
    if (type == null) {
      if (GeminiBody.addPart(part, into) || BedrockConverseBody.addPart(part, into)) {
        return;
      }
      if (part.text("text") == null) {
        addJson(part, into);
      } else {
        addText(part.text("text"), into);
      }
      return;
    }
    switch (type) {
      case "text", "input_text", "output_text", "summary_text" -> {
        addText(textOf(part.get("text")), into);
        addOther("citations", part.first("annotations", "citations"), into);
      }
      case "refusal" -> addRefusal(part.text("refusal"), into);
      case "thinking" -> {
        addReasoning(part.text("thinking"), into);
        texts(part.get("thinking"), into); // Mistral's
      }
      case "reasoning", "reasoning_text", "reasoning.text", "reasoning.summary" ->
          reasoning(part, into);
      case "reasoning.encrypted" -> {}
      case "redacted_thinking" -> into.add(new Part.Other(type, JsonTexts.of(part)));
      case "tool_use", "server_tool_use", "mcp_tool_use" ->
          into.add(
              new Part.ToolCall(
                  part.text("id"), nameOf(part), JsonTexts.ofArguments(part.get("input"))));
      default -> {
        if (type.endsWith("tool_result")) {
          toolResult(part, into);
        } else if (!MediaParts.add(type, part, into)) {
          into.add(new Part.Other(Limits.cut(type, Limits.NAME_CHARS), JsonTexts.of(part)));
        }
      }
    }
  }

  /** Of OpenAI's reasoning item or OpenRouter's {@code reasoning_details}. */
  static void reasoning(JsonObject part, List<Part> into) {
    for (String name : new String[] {"summary", "content", "text"}) {
      addReasoning(part.text(name), into);
      texts(part.get(name), into);
    }
  }

  private static void texts(@Nullable JsonValue thoughts, List<Part> into) {
    for (JsonValue item : JsonValue.items(thoughts)) {
      addReasoning(
          item.isText() ? JsonValue.text(item) : textOf(JsonObject.of(item).get("text")), into);
    }
  }

  private static void toolResult(JsonObject part, List<Part> into) {
    JsonText response = result(part.get("content"));
    if (part.get("is_error") instanceof JsonValue.Bool(boolean failed) && failed) {
      response = failed(response);
    }
    into.add(new Part.ToolResult(part.text("tool_use_id"), null, response));
  }

  static JsonText failed(JsonText result) {
    return new JsonText("{\"is_error\":true,\"content\":" + result.json() + "}");
  }

  /** The result of a tool; the empty text where there is none. */
  static JsonText result(@Nullable JsonValue content) {
    return content == null ? new JsonText("\"\"") : JsonTexts.of(content);
  }

  static String nameOf(JsonObject owner) {
    String name = owner.text("name");
    return name == null || name.isBlank() ? "unknown" : Limits.cut(name, Limits.NAME_CHARS);
  }

  /** A text, or the {@code value} of an object, as in OpenAI's assistants. */
  private static @Nullable String textOf(@Nullable JsonValue text) {
    return text instanceof JsonObject object ? object.text("value") : JsonValue.text(text);
  }
}
