package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Items of OpenAI's Responses bodies.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses">Responses</a>
 */
final class ResponsesShape {

  private ResponsesShape() {}

  /** Of a request's {@code input}: a text or items. */
  static List<Message> input(JsonValue input) {
    List<Message> read = new ArrayList<>();
    if (input.isText()) {
      read.add(new Message("user", null, ContentParts.of(input), null));
    }
    for (JsonValue item : JsonValue.elements(input)) {
      if (item.isText()) {
        read.add(new Message("user", null, ContentParts.of(item), null));
      } else if (item.isMembers()) {
        JsonValue.Members members = JsonValue.members(item);
        List<Part> parts = parts(members);
        if (!parts.isEmpty()) {
          read.add(new Message(role(members), null, parts, null));
        }
      }
    }
    return read;
  }

  /** Of a response's {@code output}: all items are one answer. */
  static List<Message> output(JsonValue output, @Nullable String finishReason) {
    List<Part> parts = new ArrayList<>();
    if (!output.isElements() && !output.isMembers()) {
      ContentParts.add(output, parts);
    }
    for (JsonValue item : JsonValue.elements(output)) {
      if (item.isMembers()) {
        parts.addAll(parts(JsonValue.members(item)));
      } else {
        ContentParts.add(item, parts);
      }
    }
    if (output.isMembers()) {
      JsonValue.Members members = JsonValue.members(output);
      ContentParts.addReasoning(JsonValue.text(members.get("reasoning")), parts);
      ContentParts.addText(JsonValue.text(members.get("completion")), parts);
      if (!members.has("reasoning") && !members.has("completion")) {
        parts.addAll(parts(members));
      }
    }
    return parts.isEmpty()
        ? List.of()
        : List.of(new Message("assistant", null, parts, finishReason));
  }

  private static String role(JsonValue.Members item) {
    String role = JsonValue.text(item.get("role"));
    if (role != null && !role.isBlank()) {
      return Limits.cut(role, Limits.NAME_CHARS);
    }
    String type = JsonValue.text(item.get("type"));
    if (type == null || type.equals("message")) {
      return "user";
    }
    return type.endsWith("_output") ? "tool" : "assistant";
  }

  private static List<Part> parts(JsonValue.Members item) {
    String type = JsonValue.text(item.get("type"));
    List<Part> parts = new ArrayList<>();
    if (type == null || type.equals("message")) {
      ContentParts.addMessage(item, parts);
      if (parts.isEmpty() && !item.isEmpty() && !item.has("role") && !item.has("content")) {
        ContentParts.add(item, parts); // of no shape we know: as it is
      }
      return parts;
    }
    switch (type) {
      case "function_call", "custom_tool_call" ->
          parts.add(
              new Part.ToolCall(
                  id(item),
                  ContentParts.nameOf(item),
                  JsonTexts.ofArguments(
                      item.has("arguments") ? item.get("arguments") : item.get("input"))));
      case "reasoning" -> ContentParts.reasoning(item, parts);
      case "image_generation_call" ->
          MediaParts.addImage(JsonValue.text(item.get("result")), parts);
      case "mcp_call" -> mcpCall(item, parts);
      default -> {
        if (type.endsWith("_call_output")) {
          parts.add(new Part.ToolResult(id(item), null, ContentParts.result(item.get("output"))));
        } else if (type.endsWith("_call")) {
          parts.add(hostedCall(type, item));
        } else {
          ContentParts.add(item, parts);
        }
      }
    }
    return parts;
  }

  private static void mcpCall(JsonValue.Members item, List<Part> parts) {
    String name = ContentParts.nameOf(item);
    parts.add(new Part.ToolCall(id(item), name, JsonTexts.ofArguments(item.get("arguments"))));
    JsonValue result = item.has("output") ? item.get("output") : item.get("error");
    if (result != null) {
      parts.add(new Part.ToolResult(id(item), name, ContentParts.result(result)));
    }
  }

  /**
   * A tool of the provider's own: web or file search, code, computer; its input is in its fields.
   */
  private static Part hostedCall(String type, JsonValue.Members item) {
    Map<String, JsonValue> rest = new LinkedHashMap<>(item.fields());
    rest.remove("type");
    rest.remove("id");
    rest.remove("call_id");
    rest.remove("status");
    rest.values().removeIf(JsonValue.Null.class::isInstance);
    String name = type.substring(0, type.length() - "_call".length());
    return new Part.ToolCall(
        id(item),
        name.isEmpty() ? "unknown" : Limits.cut(name, Limits.NAME_CHARS),
        rest.isEmpty() ? null : JsonTexts.of(new JsonValue.Members(rest)));
  }

  private static @Nullable String id(JsonValue.Members item) {
    String callId = JsonValue.text(item.get("call_id"));
    return callId != null ? callId : JsonValue.text(item.get("id"));
  }
}
