package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tool calls and their results, in the names of any API. */
final class ToolParts {

  private static final String[] IDS = {
    "call_id", "tool_use_id", "toolUseId", "toolCallId", "ref", "id"
  };

  private static final JsonText EMPTY = JsonTexts.ofText("");

  private ToolParts() {}

  static Part.ToolCall call(JsonObject call) {
    JsonValue given = call.first("arguments", "input", "args", "parameters");
    boolean isBlank = given instanceof JsonValue.Text && given.isBlank();
    JsonText arguments = given == null || isBlank ? null : JsonTexts.ofArguments(given);
    return new Part.ToolCall(id(call), name(call), arguments);
  }

  static Part.ToolResult result(JsonObject result) {
    JsonValue content = result.first("response", "result", "output", "content", "error");
    JsonValue wrapped =
        "tool-result".equals(result.text("type")) ? JsonObject.of(content).get("value") : null;
    JsonText json = json(wrapped == null ? content : wrapped);
    boolean failed =
        result.get("is_error") instanceof JsonValue.Bool(boolean isError)
            ? isError
            : "error".equals(result.text("status"));
    return new Part.ToolResult(
        id(result),
        JsonValue.text(result.first("name", "toolName")),
        failed ? new JsonText("{\"is_error\":true,\"content\":" + json.json() + "}") : json);
  }

  /** Of a tool's message: its content is the result, or holds results. */
  static List<Part> ofMessage(JsonObject message) {
    JsonValue content = message.get("content");
    List<Part> parts = content instanceof JsonValue.Array ? ContentParts.of(content) : List.of();
    return areResults(parts)
        ? parts
        : List.of(
            new Part.ToolResult(message.text("tool_call_id"), message.text("name"), json(content)));
  }

  static boolean areResults(List<Part> parts) {
    return !parts.isEmpty() && parts.stream().allMatch(Part.ToolResult.class::isInstance);
  }

  static @Nullable String id(JsonObject owner) {
    return JsonValue.text(owner.first(IDS));
  }

  private static String name(JsonObject owner) {
    String name = JsonValue.text(owner.first("name", "toolName"));
    return name == null || name.isBlank() ? "unknown" : Limits.cut(name, Limits.NAME_CHARS);
  }

  /** The empty text where there is none. */
  private static JsonText json(@Nullable JsonValue result) {
    return result == null ? EMPTY : JsonTexts.of(result);
  }
}
