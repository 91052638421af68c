package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Items of OpenAI's Responses. */
public final class ResponseItems {

  private ResponseItems() {}

  /** Of a request's {@code input}: a text or items. */
  public static List<Message> input(JsonValue input) {
    List<Message> read = new ArrayList<>();
    for (JsonValue item : input.isText() ? List.of(input) : JsonValue.items(input)) {
      if (!(item instanceof JsonObject object)) {
        List<Part> text = ContentParts.of(item);
        if (!text.isEmpty()) {
          read.add(new Message("user", null, text, null));
        }
      } else {
        List<Part> parts = parts(object);
        if (!parts.isEmpty()) {
          read.add(new Message(role(object), null, parts, null));
        }
      }
    }
    return read;
  }

  /** Of a response's {@code output}: all items are one answer. */
  static List<Message> output(JsonValue output, @Nullable String finishReason) {
    List<Part> parts = new ArrayList<>();
    for (JsonValue item : output.isArray() ? JsonValue.items(output) : List.of(output)) {
      if (item instanceof JsonObject object) {
        parts.addAll(parts(object));
      } else {
        ContentParts.add(item, parts);
      }
    }
    return ContentParts.answer(parts, finishReason);
  }

  private static String role(JsonObject item) {
    String role = item.text("role");
    if (role != null && !role.isBlank()) {
      return Limits.cut(role, Limits.NAME_CHARS);
    }
    String type = item.text("type");
    if (type == null || type.equals("message")) {
      return "user";
    }
    return type.endsWith("_output") ? "tool" : type.endsWith("_response") ? "user" : "assistant";
  }

  private static List<Part> parts(JsonObject item) {
    String type = item.text("type");
    List<Part> parts = new ArrayList<>();
    if (type == null || type.equals("message")) {
      ContentParts.addMessage(item, parts);
      return parts.isEmpty() ? ChatMessages.message(item, "user", null).parts() : parts;
    }
    switch (type) {
      case "function_call", "custom_tool_call", "mcp_approval_request" ->
          parts.add(ToolParts.call(item));
      case "mcp_call" -> {
        parts.add(ToolParts.call(item));
        if (item.first("output", "error") != null) {
          parts.add(ToolParts.result(item));
        }
      }
      case "reasoning" -> ContentParts.reasoning(item, parts);
      case "image_generation_call" -> {
        MediaParts.addImage(item.text("result"), parts);
        ContentParts.addText(item.text("revised_prompt"), parts);
      }
      default -> {
        if (type.endsWith("_call_output")) {
          parts.add(ToolParts.result(item));
        } else if (type.endsWith("_call")) {
          hostedCall(type, item, parts);
        } else {
          ContentParts.add(item, parts);
        }
      }
    }
    return parts;
  }

  /** A hosted tool, such as web search: its fields are its input, but for its results. */
  private static void hostedCall(String type, JsonObject item, List<Part> parts) {
    Map<String, JsonValue> input =
        new LinkedHashMap<>(
            item.without("type", "id", "call_id", "status", "index", "outputs", "results")
                .fields());
    input.values().removeIf(JsonValue.Null.class::isInstance);
    String name = type.substring(0, type.length() - "_call".length());
    name = name.isEmpty() ? "unknown" : Limits.cut(name, Limits.NAME_CHARS);
    parts.add(
        new Part.ToolCall(
            ToolParts.id(item),
            name,
            input.isEmpty() ? null : JsonTexts.of(new JsonObject(input))));
    JsonValue results = item.first("outputs", "results");
    if (results != null && !results.isBlank()) {
      parts.add(new Part.ToolResult(ToolParts.id(item), name, JsonTexts.of(results)));
    }
  }
}
