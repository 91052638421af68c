package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts of a message in the spelling of any provider: their names do not collide. */
final class ContentParts {

  private ContentParts() {}

  /** Of a {@code content}: a text, an array of parts, one part, or what was meant as a text. */
  static List<Part> of(@Nullable JsonValue content) {
    List<Part> parts = new ArrayList<>();
    add(content, parts);
    return parts;
  }

  static void add(@Nullable JsonValue content, List<Part> into) {
    if (content == null) {
      return;
    }
    switch (content.read()) {
      case JsonValue.Text(String text) -> addText(text, into);
      case JsonValue.Elements(var items) -> items.forEach(item -> addOne(item, into));
      case JsonValue.Members members -> part(members, into);
      case JsonValue.Numeric _, JsonValue.Bool _ -> addText(JsonTexts.compact(content), into);
      case JsonValue.Null _, JsonValue.Slice _ -> {}
    }
  }

  /** Of a message: its content, or the parts that OpenTelemetry and Gemini have in its place. */
  static void addMessage(JsonValue.Members message, List<Part> into) {
    int before = into.size();
    add(message.get("content"), into);
    if (into.size() == before) {
      into.addAll(OtlpParts.of(JsonValue.elements(message.get("parts"))));
    }
    if (into.size() == before) {
      add(message.get("text"), into);
    }
  }

  private static void addOne(JsonValue item, List<Part> into) {
    switch (item) {
      case JsonValue.Text(String text) -> addText(text, into);
      case JsonValue.Members members -> part(members, into);
      case JsonValue.Null _ -> {}
      case JsonValue.Numeric _, JsonValue.Bool _, JsonValue.Elements _, JsonValue.Slice _ ->
          into.add(new Part.Other("unknown", JsonTexts.of(item)));
    }
  }

  static void addText(@Nullable String text, List<Part> into) {
    if (text != null && !text.isEmpty()) {
      into.add(new Part.Text(Base64Data.without(text)));
    }
  }

  static void addReasoning(@Nullable String text, List<Part> into) {
    if (text != null && !text.isEmpty()) {
      into.add(new Part.Reasoning(Base64Data.without(text)));
    }
  }

  static void addRefusal(@Nullable String text, List<Part> into) {
    if (text != null && !text.isEmpty()) {
      into.add(new Part.Refusal(Base64Data.without(text)));
    }
  }

  private static void part(JsonValue.Members part, List<Part> into) {
    String type = JsonValue.text(part.get("type"));
    if (type == null) {
      untyped(part, into);
      return;
    }
    switch (type) {
      case "text", "input_text", "output_text", "summary_text" ->
          addText(textOf(part.get("text")), into);
      case "refusal" -> addRefusal(JsonValue.text(part.get("refusal")), into);
      case "thinking" -> addReasoning(JsonValue.text(part.get("thinking")), into);
      case "reasoning", "reasoning_text", "reasoning.text", "reasoning.summary" ->
          reasoning(part, into);
      case "reasoning.encrypted" -> {}
      case "redacted_thinking" -> into.add(new Part.Other(type, JsonTexts.of(part)));
      case "tool_use", "server_tool_use", "mcp_tool_use" ->
          into.add(
              new Part.ToolCall(
                  JsonValue.text(part.get("id")),
                  nameOf(part),
                  JsonTexts.ofArguments(part.get("input"))));
      default -> {
        if (type.endsWith("tool_result")) {
          toolResult(part, into);
        } else if (!MediaParts.add(type, part, into)) {
          into.add(new Part.Other(Limits.cut(type, Limits.NAME_CHARS), JsonTexts.of(part)));
        }
      }
    }
  }

  private static void untyped(JsonValue.Members part, List<Part> into) {
    String text = JsonValue.text(part.get("text"));
    if (text != null) {
      addText(text, into);
    } else {
      into.add(new Part.Other("unknown", JsonTexts.of(part)));
    }
  }

  /** Of OpenAI's reasoning item or OpenRouter's {@code reasoning_details}. */
  static void reasoning(JsonValue.Members part, List<Part> into) {
    for (String name : new String[] {"summary", "content", "text"}) {
      JsonValue value = part.get(name);
      if (value != null && value.isText()) {
        addReasoning(JsonValue.text(value), into);
      }
      for (JsonValue item : JsonValue.elements(value)) {
        addReasoning(
            item.isText() ? JsonValue.text(item) : textOf(JsonValue.members(item).get("text")),
            into);
      }
    }
  }

  private static void toolResult(JsonValue.Members part, List<Part> into) {
    JsonText response = result(part.get("content"));
    if (part.get("is_error") instanceof JsonValue.Bool(boolean failed) && failed) {
      response = new JsonText("{\"is_error\":true,\"content\":" + response.json() + "}");
    }
    into.add(new Part.ToolResult(JsonValue.text(part.get("tool_use_id")), null, response));
  }

  /** What a tool gave back; the empty text where it gave nothing. */
  static JsonText result(@Nullable JsonValue content) {
    return content == null ? new JsonText("\"\"") : JsonTexts.of(content);
  }

  static String nameOf(JsonValue.Members owner) {
    String name = JsonValue.text(owner.get("name"));
    return name == null || name.isBlank() ? "unknown" : Limits.cut(name, Limits.NAME_CHARS);
  }

  /** Text, or the {@code value} of an object as OpenAI's assistants have it. */
  private static @Nullable String textOf(@Nullable JsonValue text) {
    return text != null && text.isMembers()
        ? JsonValue.text(JsonValue.members(text).get("value"))
        : JsonValue.text(text);
  }
}
