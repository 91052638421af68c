package dev.sentrybroadcast.intake.body;

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
      add(message.get("parts"), into);
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
    switch (type) {
      case null -> untyped(part, into);
      case "text", "input_text", "output_text", "summary_text" -> {
        addText(textOf(part.first("text", "content")), into);
        addOther("citations", part.first("annotations", "citations"), into);
      }
      case "refusal" -> addRefusal(part.text("refusal"), into);
      case "thinking", "reasoning", "reasoning_text", "reasoning.text", "reasoning.summary" ->
          reasoning(part, into);
      case "reasoning.encrypted" -> {}
      case "redacted_thinking" -> into.add(new Part.Other(type, JsonTexts.of(part)));
      case "tool_use", "server_tool_use", "mcp_tool_use", "tool_call", "tool-call" ->
          into.add(ToolParts.call(part));
      case "tool_call_response", "tool-result" -> into.add(ToolParts.result(part));
      default -> {
        if (type.endsWith("tool_result")) {
          into.add(ToolParts.result(part));
        } else if (!MediaParts.add(type, part, into)) {
          into.add(new Part.Other(Limits.cut(type, Limits.NAME_CHARS), JsonTexts.of(part)));
        }
      }
    }
  }

  /** As Gemini, Bedrock and Genkit have them: the name of a field says what the part is. */
  private static void untyped(JsonObject part, List<Part> into) {
    String text = part.text("text");
    JsonValue thought = text == null ? null : part.get("thought");
    if (thought instanceof JsonValue.Bool(boolean isThought) && isThought) {
      addReasoning(text, into);
    } else if (thought == null
        && part.fields().entrySet().stream()
            .anyMatch(field -> addField(field.getKey(), field.getValue(), into))) {
      return;
    } else if (text != null) {
      addText(text, into);
    } else {
      addJson(part, into);
    }
  }

  /** Adds the part that a field holds; returns false if there is no such part. */
  private static boolean addField(String name, JsonValue value, List<Part> into) {
    if (!(value instanceof JsonObject fields)) {
      int before = into.size();
      addReasoning(name.equals("reasoning") ? JsonValue.text(value) : null, into);
      return into.size() > before;
    }
    switch (name) {
      case "functionCall", "function_call", "toolUse", "toolRequest" ->
          into.add(ToolParts.call(fields));
      case "functionResponse", "function_response", "toolResult", "toolResponse" ->
          into.add(ToolParts.result(fields));
      case "executableCode", "executable_code" ->
          into.add(new Part.ToolCall(null, "code_execution", JsonTexts.of(fields)));
      case "codeExecutionResult", "code_execution_result" ->
          into.add(new Part.ToolResult(null, "code_execution", JsonTexts.of(fields)));
      case "reasoningContent" -> {
        addReasoning(fields.object("reasoningText").text("text"), into);
        addReasoning(fields.text("text"), into); // of a stream
      }
      case "guardContent" -> add(fields.object("text").get("text"), into);
      case "citationsContent" -> {
        add(fields.get("content"), into);
        addOther("citations", fields.get("citations"), into);
      }
      case "cachePoint" -> {}
      default -> {
        return MediaParts.addField(name, fields, into);
      }
    }
    return true;
  }

  /** Of OpenAI's reasoning item or OpenRouter's {@code reasoning_details}. */
  static void reasoning(JsonObject part, List<Part> into) {
    for (String name : new String[] {"summary", "content", "text", "thinking"}) {
      addReasoning(part.text(name), into);
      for (JsonValue item : JsonValue.items(part.get(name))) {
        addReasoning(
            item.isText() ? JsonValue.text(item) : textOf(JsonObject.of(item).get("text")), into);
      }
    }
  }

  /** A text, or the {@code value} of an object, as in OpenAI's assistants. */
  private static @Nullable String textOf(@Nullable JsonValue text) {
    return text instanceof JsonObject object && object.has("value")
        ? object.text("value")
        : text == null || text.isBlank() ? null : JsonTexts.words(text);
  }
}
