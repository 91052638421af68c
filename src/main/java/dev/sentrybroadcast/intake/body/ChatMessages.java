package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.intake.Known;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages with a role and a content, as OpenAI's chat has them and most other APIs. */
public final class ChatMessages {

  /** Fields that are read, or no content, or nothing without the others. */
  private static final String[] KNOWN =
      """
      role name id index content parts text refusal audio images annotations citations
      reasoning reasoning_content reasoning_details thinking tool_plan tool_calls
      function_call tool_call_id status cache_control provider_specific_fields finish_reason
      prefix logprobs\
      """
          .split("\\s+", -1);

  private ChatMessages() {}

  /** Of a list of messages, or of one text. */
  public static List<Message> of(JsonValue messages) {
    List<Message> read = new ArrayList<>();
    for (JsonValue message : messages.isText() ? List.of(messages) : JsonValue.items(messages)) {
      if (message instanceof JsonObject object) {
        read.add(message(object, "user", null));
      } else if (!message.isBlank()) {
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

  /** A message that is the one answer. */
  static List<Message> answer(JsonObject message, @Nullable String finishReason) {
    return List.of(message(message, "assistant", finishReason));
  }

  public static Message message(
      JsonObject message, String defaultRole, @Nullable String finishReason) {
    String role = message.text("role");
    if (role == null || role.isBlank()) {
      role = defaultRole;
    } else if (role.equals("model")) {
      role = "assistant"; // Gemini's word
    }
    List<Part> parts = new ArrayList<>();
    boolean tool = role.equals("tool") || role.equals("function");
    if (tool && (message.has("content") || !message.has("parts"))) {
      return new Message("tool", null, ToolParts.ofMessage(message), finishReason);
    }
    ContentParts.addReasoning(message.text("tool_plan"), parts);
    reasoning(message, parts);
    ContentParts.addMessage(message, parts);
    ContentParts.addRefusal(message.text("refusal"), parts);
    MediaParts.addAudio(message.object("audio"), parts);
    images(message.get("images"), parts);
    toolCalls(message, parts);
    if (parts.isEmpty()) {
      ContentParts.add(unknown(message), parts);
    }
    if ((role.equals("user") || tool) && ToolParts.areResults(parts)) {
      role = "tool";
    }
    return new Message(
        Limits.cut(role, Limits.NAME_CHARS), message.text("name"), parts, finishReason);
  }

  /** Fields of a message of no known shape. */
  private static @Nullable JsonValue unknown(JsonObject message) {
    JsonObject rest = message.without(KNOWN);
    return rest.fields().values().stream().allMatch(JsonValue::isBlank) ? null : rest;
  }

  /** As parts, or Ollama's: base64 alone. */
  static void images(@Nullable JsonValue images, List<Part> into) {
    for (JsonValue image : JsonValue.items(images)) {
      if (image instanceof JsonValue.Text(String data)) {
        MediaParts.addImage(data, into);
      } else {
        ContentParts.add(new JsonValue.Array(List.of(image)), into);
      }
    }
  }

  private static void reasoning(JsonObject message, List<Part> parts) {
    String reasoning =
        Known.first(
            message.text("reasoning"),
            message.text("reasoning_content"),
            message.text("thinking")); // Ollama's
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
      parts.add(ToolParts.call(JsonObject.of(call.first("function", "custom")).over(call)));
    }
    JsonObject legacy = message.object("function_call");
    if (!legacy.fields().isEmpty()) {
      parts.add(ToolParts.call(legacy));
    }
  }
}
