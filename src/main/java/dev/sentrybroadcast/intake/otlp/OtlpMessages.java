package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.body.ChatMessages;
import dev.sentrybroadcast.intake.body.ContentParts;
import dev.sentrybroadcast.intake.body.ConventionParts;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonReader;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Messages in an attribute: in the conventions' shape of roles and parts, in a provider's shape, in
 * OpenRouter's objects, or as plain text; as values, or as JSON in a text.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/">GenAI spans</a>
 */
final class OtlpMessages {

  private OtlpMessages() {}

  static List<Message> of(JsonValue value, String role) {
    JsonValue said = parsed(value);
    if (said instanceof JsonObject object) {
      return ofObject(object, role);
    }
    List<Message> messages = new ArrayList<>();
    if (!said.isArray()) {
      List<Part> parts = ContentParts.of(new JsonValue.Text(JsonTexts.words(said)));
      messages.add(new Message(role, null, parts, null));
    }
    for (JsonValue each : JsonValue.items(said)) {
      if (each instanceof JsonObject message && message.has("parts")) {
        messages.add(ofParts(message, role));
      } else {
        messages.addAll(ofProvider(each, role));
      }
    }
    return messages;
  }

  /** Of system instructions: parts without a role, or a text. */
  static List<Part> parts(JsonValue value) {
    JsonValue said = parsed(value);
    return said.isArray()
        ? ConventionParts.of(JsonValue.items(said))
        : ContentParts.of(new JsonValue.Text(JsonTexts.words(said)));
  }

  /** The JSON in a text; any other text, such as JSON that was cut, stays a text. */
  static JsonValue parsed(JsonValue value) {
    String text = value instanceof JsonValue.Text(String json) ? json.stripLeading() : "";
    return text.startsWith("{") || text.startsWith("[")
        ? Objects.requireNonNullElse(JsonReader.readOrNull(text), value)
        : value;
  }

  private static List<Message> ofObject(JsonObject object, String role) {
    JsonValue messages = object.first("messages", "input", "prompt");
    if (messages != null) {
      return of(messages, role);
    }
    if (object.first("completion", "reasoning", "toolCalls") != null) {
      return ofProvider(
          JsonObject.NONE
              .with("role", new JsonValue.Text("assistant"))
              .with("content", object.get("completion"))
              .with("reasoning", object.get("reasoning"))
              .with("tool_calls", object.get("toolCalls")),
          role);
    }
    return object.has("parts") ? List.of(ofParts(object, role)) : ofProvider(object, role);
  }

  private static List<Message> ofProvider(JsonValue message, String role) {
    JsonValue read =
        message instanceof JsonObject object && !object.has("role")
            ? object.with("role", new JsonValue.Text(role))
            : message;
    return ChatMessages.of(new JsonValue.Array(List.of(read)));
  }

  private static Message ofParts(JsonObject message, String defaultRole) {
    String role = message.text("role");
    return new Message(
        role == null || role.isBlank() ? defaultRole : Limits.cut(role, Limits.NAME_CHARS),
        message.text("name"),
        ConventionParts.of(JsonValue.items(message.get("parts"))),
        message.text("finish_reason"));
  }
}
