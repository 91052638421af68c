package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages with a role and a content, as OpenAI's chat has them and most other APIs. */
public final class ChatMessages {

  private ChatMessages() {}

  /** Of a list of messages, or of one text. */
  public static List<Message> of(JsonValue messages) {
    List<Message> read = new ArrayList<>();
    for (JsonValue message : messages.isText() ? List.of(messages) : JsonValue.items(messages)) {
      if (message instanceof JsonObject object) {
        read.add(message(object, "user", null));
      } else if (message.isText()) {
        read.add(new Message("user", null, ContentParts.of(message), null));
      }
    }
    return read;
  }

  /** Of a response's {@code choices}. */
  static List<Message> ofChoices(List<JsonObject> choices, boolean cancelled) {
    List<Message> read = new ArrayList<>();
    for (JsonObject choice : choices) {
      String finishReason = cancelled ? null : choice.text("finish_reason");
      JsonValue message = choice.first("message", "delta", "text");
      if (message instanceof JsonObject object) {
        read.add(message(object, "assistant", finishReason));
      } else if (message != null) {
        read.add(new Message("assistant", null, ContentParts.of(message), finishReason));
      }
    }
    return read;
  }

  private static Message message(
      JsonObject message, String defaultRole, @Nullable String finishReason) {
    String role = message.text("role");
    if (role == null || role.isBlank()) {
      role = defaultRole;
    }
    List<Part> parts = new ArrayList<>();
    boolean tool = role.equals("tool") || role.equals("function");
    if (tool && (message.has("content") || !message.has("parts"))) {
      parts.add(
          new Part.ToolResult(
              message.text("tool_call_id"),
              message.text("name"),
              ContentParts.result(message.get("content"))));
      return new Message("tool", null, parts, finishReason);
    }
    reasoning(message, parts);
    ContentParts.addMessage(message, parts);
    ContentParts.addRefusal(message.text("refusal"), parts);
    MediaParts.addAudio(message.object("audio"), parts);
    ContentParts.add(message.get("images"), parts);
    toolCalls(message, parts);
    if (role.equals("user")
        && !parts.isEmpty()
        && parts.stream().allMatch(Part.ToolResult.class::isInstance)) {
      role = "tool";
    }
    return new Message(
        Limits.cut(role, Limits.NAME_CHARS), message.text("name"), parts, finishReason);
  }

  private static void reasoning(JsonObject message, List<Part> parts) {
    String reasoning = message.text("reasoning");
    if (reasoning == null) {
      reasoning = message.text("reasoning_content");
    }
    if (reasoning != null) {
      ContentParts.addReasoning(reasoning, parts);
      return;
    }
    for (JsonValue detail : JsonValue.items(message.get("reasoning_details"))) {
      ContentParts.reasoning(JsonObject.of(detail), parts);
    }
  }

  private static void toolCalls(JsonObject message, List<Part> parts) {
    for (JsonValue item : JsonValue.items(message.get("tool_calls"))) {
      JsonObject call = JsonObject.of(item);
      JsonObject function = JsonObject.of(call.first("function", "custom"));
      parts.add(
          new Part.ToolCall(
              call.text("id"),
              ContentParts.nameOf(function),
              JsonTexts.ofArguments(function.first("arguments", "input"))));
    }
    JsonObject legacy = message.object("function_call");
    if (!legacy.fields().isEmpty()) {
      parts.add(
          new Part.ToolCall(
              null, ContentParts.nameOf(legacy), JsonTexts.ofArguments(legacy.get("arguments"))));
    }
  }
}
