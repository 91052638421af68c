package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The input of a request: messages, and system instructions apart from them, whether the API keeps
 * them apart or as leading messages. Nothing is converted before the content is revealed.
 */
public final class Conversation {

  /** The fields in which the APIs keep system instructions apart from the messages. */
  private static final List<String> SYSTEM =
      List.of("system", "instructions", "systemInstruction", "system_instruction", "preamble");

  private static final String[] KNOWN = {"content", "parts", "messages", "prompt"};

  private Conversation() {}

  /** Whether the field holds messages. */
  static boolean isIn(ObjectView request, String field) {
    JsonValue messages = messages(request.json().get(field));
    return messages != null && !messages.isBlank();
  }

  /** The messages of a field; null, and dropped, where it holds something else. */
  static @Nullable JsonValue in(ObjectView request, String field) {
    JsonValue value = request.get(field);
    JsonValue messages = messages(value);
    if (messages == null && value != null && !value.isBlank()) {
      request.drop(field);
    }
    if (value instanceof JsonObject object && object.first(KNOWN) == null && !object.isEmpty()) {
      request.log().mended(Corrections.Kind.BODY_UNKNOWN);
    }
    return messages;
  }

  private static @Nullable JsonValue messages(@Nullable JsonValue value) {
    return switch (value) {
      case JsonValue.Text _, JsonValue.Array _ -> value;
      case JsonObject one when one.has("content") || one.has("parts") ->
          new JsonValue.Array(List.of(one));
      // As of OpenRouter's /generation/content.
      case JsonObject wrapped when wrapped.first("messages", "prompt") != null ->
          wrapped.first("messages", "prompt");
      case JsonObject other when !other.isEmpty() -> new JsonValue.Array(List.of(other));
      case null, default -> null;
    };
  }

  /**
   * The input, with the request's tools.
   *
   * @param reader converts the messages
   */
  static Exchange exchange(
      ObjectView request, @Nullable JsonValue messages, Function<JsonValue, List<Message>> reader) {
    ObjectView inner = request.objectIfAny("config"); // as Google's SDKs have it
    List<JsonValue> apart =
        Stream.concat(SYSTEM.stream().map(request::get), SYSTEM.stream().map(inner::get))
            .filter(Objects::nonNull)
            .toList();
    boolean hasSystem = !apart.isEmpty() || beginsWithSystem(messages);
    return new Exchange(
        Content.deferred(messages, given -> withoutSystem(reader.apply(given))),
        null,
        hasSystem ? Content.deferred(() -> system(apart, messages, reader)) : null,
        tools(request),
        null);
  }

  static @Nullable Content<JsonText> tools(ObjectView request) {
    JsonValue tools = request.first("tools", "functions");
    ObjectView bedrock = request.objectIfAny("toolConfig");
    JsonValue other = bedrock.has("tools") ? bedrock.get("tools") : null;
    return json(
        tools != null ? tools : other != null ? other : request.objectIfAny("config").get("tools"));
  }

  static @Nullable Content<JsonText> json(@Nullable JsonValue value) {
    return Content.deferred(value, JsonTexts::of);
  }

  /** Without leading system messages. */
  public static List<Message> withoutSystem(List<Message> messages) {
    return messages.stream().dropWhile(message -> isSystem(message.role())).toList();
  }

  /** What the leading system messages say. */
  public static List<Part> system(List<Message> messages) {
    return messages.stream()
        .takeWhile(message -> isSystem(message.role()))
        .flatMap(message -> message.parts().stream())
        .toList();
  }

  private static List<Part> system(
      List<JsonValue> apart,
      @Nullable JsonValue messages,
      Function<JsonValue, List<Message>> reader) {
    List<Part> parts = new ArrayList<>();
    for (JsonValue instructions : apart) {
      if (instructions instanceof JsonObject message && !message.has("type")) {
        ContentParts.addMessage(message, parts); // Gemini's
      } else {
        ContentParts.add(instructions, parts);
      }
    }
    if (messages != null && beginsWithSystem(messages)) {
      parts.addAll(system(reader.apply(messages)));
    }
    return parts;
  }

  private static boolean beginsWithSystem(@Nullable JsonValue messages) {
    return isSystem(JsonObject.firstOf(messages).text("role"));
  }

  private static boolean isSystem(@Nullable String role) {
    return "system".equals(role) || "developer".equals(role);
  }
}
