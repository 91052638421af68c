package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages of OpenAI's chat and completion bodies, with what OpenRouter adds to them.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat">Chat completions</a>
 */
final class ChatShape {

  private ChatShape() {}

  /** Of a request's {@code messages}. */
  static List<Message> messages(JsonValue messages) {
    List<Message> read = new ArrayList<>();
    if (messages.isText()) {
      read.add(new Message("user", null, ContentParts.of(messages), null));
    }
    for (JsonValue message : JsonValue.elements(messages)) {
      if (message.isMembers()) {
        read.add(message(JsonValue.members(message), "user", null));
      } else if (message.isText()) {
        read.add(new Message("user", null, ContentParts.of(message), null));
      }
    }
    return read;
  }

  /** Of a response's {@code choices}. */
  static List<Message> choices(List<JsonValue.Members> choices, boolean cancelled) {
    List<Message> read = new ArrayList<>();
    for (JsonValue.Members choice : choices) {
      String finishReason = cancelled ? null : JsonValue.text(choice.get("finish_reason"));
      JsonValue message = choice.has("message") ? choice.get("message") : choice.get("delta");
      JsonValue text = choice.get("text");
      if (message != null && message.isMembers()) {
        read.add(message(JsonValue.members(message), "assistant", finishReason));
      } else if (message != null || text != null) {
        List<Part> parts = ContentParts.of(message != null ? message : text);
        read.add(new Message("assistant", null, parts, finishReason));
      }
    }
    return read;
  }

  private static Message message(
      JsonValue.Members message, String defaultRole, @Nullable String finishReason) {
    String role = JsonValue.text(message.get("role"));
    if (role == null || role.isBlank()) {
      role = defaultRole;
    }
    List<Part> parts = new ArrayList<>();
    boolean tool = role.equals("tool") || role.equals("function");
    if (tool && (message.has("content") || !message.has("parts"))) {
      parts.add(
          new Part.ToolResult(
              JsonValue.text(message.get("tool_call_id")),
              JsonValue.text(message.get("name")),
              ContentParts.result(message.get("content"))));
      return new Message("tool", null, parts, finishReason);
    }
    reasoning(message, parts);
    ContentParts.addMessage(message, parts);
    ContentParts.addRefusal(JsonValue.text(message.get("refusal")), parts);
    MediaParts.addAudio(JsonValue.members(message.get("audio")), parts);
    ContentParts.add(message.get("images"), parts);
    toolCalls(message, parts);
    if (role.equals("user") && !parts.isEmpty() && allResults(parts)) {
      role = "tool";
    }
    return new Message(
        Limits.cut(role, Limits.NAME_CHARS),
        JsonValue.text(message.get("name")),
        parts,
        finishReason);
  }

  private static void reasoning(JsonValue.Members message, List<Part> parts) {
    String reasoning = JsonValue.text(message.get("reasoning"));
    if (reasoning == null) {
      reasoning = JsonValue.text(message.get("reasoning_content"));
    }
    if (reasoning != null) {
      ContentParts.addReasoning(reasoning, parts);
      return;
    }
    for (JsonValue detail : JsonValue.elements(message.get("reasoning_details"))) {
      ContentParts.reasoning(JsonValue.members(detail), parts);
    }
  }

  private static void toolCalls(JsonValue.Members message, List<Part> parts) {
    for (JsonValue call : JsonValue.elements(message.get("tool_calls"))) {
      JsonValue.Members members = JsonValue.members(call);
      JsonValue.Members function =
          JsonValue.members(
              members.has("function") ? members.get("function") : members.get("custom"));
      JsonValue arguments =
          function.has("arguments") ? function.get("arguments") : function.get("input");
      parts.add(
          new Part.ToolCall(
              JsonValue.text(members.get("id")),
              ContentParts.nameOf(function),
              JsonTexts.ofArguments(arguments)));
    }
    JsonValue.Members legacy = JsonValue.members(message.get("function_call"));
    if (!legacy.fields().isEmpty()) {
      parts.add(
          new Part.ToolCall(
              null, ContentParts.nameOf(legacy), JsonTexts.ofArguments(legacy.get("arguments"))));
    }
  }

  private static boolean allResults(List<Part> parts) {
    for (Part part : parts) {
      if (!(part instanceof Part.ToolResult)) {
        return false;
      }
    }
    return true;
  }
}
