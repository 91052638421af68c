package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages as attributes hold them: in OpenTelemetry's shape of roles and parts, in a provider's
 * shape, in OpenRouter's objects, or as plain text; as values or as JSON in a text.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/">GenAI spans</a>
 */
final class OtlpMessages {

  private OtlpMessages() {}

  static List<Message> of(JsonValue value, String role) {
    JsonValue said = parsed(value);
    if (said instanceof JsonValue.Members members) {
      return ofObject(members, role);
    }
    List<Message> messages = new ArrayList<>();
    if (!said.isElements()) {
      List<Part> parts = ContentParts.of(new JsonValue.Text(JsonTexts.words(said)));
      messages.add(new Message(role, null, parts, null));
    }
    for (JsonValue each : JsonValue.elements(said)) {
      if (each instanceof JsonValue.Members members && members.has("parts")) {
        messages.add(ofParts(members, role));
      } else {
        messages.addAll(ofProvider(each, role));
      }
    }
    return messages;
  }

  /** Of system instructions: parts without a role, or a text. */
  static List<Part> parts(JsonValue value) {
    JsonValue said = parsed(value);
    return said.isElements()
        ? OtlpParts.of(JsonValue.elements(said))
        : ContentParts.of(new JsonValue.Text(JsonTexts.words(said)));
  }

  /** JSON in a text; any other text, as one that was cut, stays one. */
  static JsonValue parsed(JsonValue value) {
    String text = JsonValue.text(value);
    if (text == null) {
      return value;
    }
    String stripped = text.stripLeading();
    if (!stripped.startsWith("{") && !stripped.startsWith("[")) {
      return value;
    }
    try {
      JsonValue parsed = JsonReader.read(text, Place.PLAIN);
      return parsed == null ? value : parsed;
    } catch (IOException _) {
      return value;
    }
  }

  private static List<Message> ofObject(JsonValue.Members object, String role) {
    for (String field : new String[] {"messages", "input", "prompt"}) {
      JsonValue said = object.get(field);
      if (said != null) {
        return of(said, role);
      }
    }
    if (object.has("completion") || object.has("reasoning") || object.has("toolCalls")) {
      Map<String, JsonValue> answer = new LinkedHashMap<>();
      answer.put("role", new JsonValue.Text("assistant"));
      put(answer, "content", object.get("completion"));
      put(answer, "reasoning", object.get("reasoning"));
      put(answer, "tool_calls", object.get("toolCalls"));
      return ofProvider(new JsonValue.Members(answer), role);
    }
    return object.has("parts") ? List.of(ofParts(object, role)) : ofProvider(object, role);
  }

  private static List<Message> ofProvider(JsonValue message, String role) {
    JsonValue said = message;
    if (message instanceof JsonValue.Members members && !members.has("role")) {
      Map<String, JsonValue> named = new LinkedHashMap<>(members.fields());
      named.put("role", new JsonValue.Text(role));
      said = new JsonValue.Members(named);
    }
    return ChatShape.messages(new JsonValue.Elements(List.of(said)));
  }

  private static Message ofParts(JsonValue.Members message, String defaultRole) {
    String role = JsonValue.text(message.get("role"));
    return new Message(
        role == null || role.isBlank() ? defaultRole : Limits.cut(role, Limits.NAME_CHARS),
        JsonValue.text(message.get("name")),
        OtlpParts.of(JsonValue.elements(message.get("parts"))),
        JsonValue.text(message.get("finish_reason")));
  }

  private static void put(Map<String, JsonValue> to, String field, @Nullable JsonValue value) {
    if (value != null) {
      to.put(field, value);
    }
  }
}
