package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.intake.body.ChatMessages;
import dev.sentrybroadcast.intake.body.ContentParts;
import dev.sentrybroadcast.intake.body.ResponseItems;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Messages in an attribute: in the conventions' shape of roles and parts, in a provider's shape, in
 * OpenRouter's objects, or as plain text; as values, or as JSON in a text. JSON that is no message
 * becomes a text.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/">GenAI spans</a>
 */
final class OtlpMessages {

  /** Fields of a request beside its messages. */
  private static final Set<String> WRAPPER =
      Set.of(
          """
          messages input prompt contents system instructions rawRequest config tools\
          """
              .split("\\s+", -1));

  /** Fields of which a message with a role has one. */
  private static final String[] SAID = {
    "parts",
    "content",
    "tool_calls",
    "reasoning",
    "reasoning_content",
    "refusal",
    "text",
    "audio",
    "function_call",
    "images"
  };

  private static final Pattern ITEM = Pattern.compile("(?!tool_call)\\w+_call(_output)?");

  private OtlpMessages() {}

  static List<Message> of(JsonValue value, String role) {
    JsonValue said = LangChainMessages.of(Json.inText(value));
    List<Message> messages = new ArrayList<>();
    if (said instanceof JsonObject object) {
      addObject(object, role, messages);
    } else if (said.isArray()) {
      addItems(JsonValue.items(Json.objectsIn(said)), role, messages);
    }
    messages.removeIf(message -> message.parts().isEmpty());
    return messages.isEmpty() && !said.isBlank() ? List.of(text(said, role)) : messages;
  }

  /** Of system instructions: parts without a role, messages, or a text. */
  static List<Part> parts(JsonValue value) {
    JsonValue said = Json.inText(value);
    if (JsonValue.items(said).stream().anyMatch(OtlpMessages::isMessage)) {
      return of(said, "system").stream().flatMap(message -> message.parts().stream()).toList();
    }
    JsonValue all = said instanceof JsonObject object ? Json.inner(object, "parts") : said;
    List<Part> parts = all.isText() ? List.of() : ContentParts.of(all);
    return parts.isEmpty() ? text(said, "system").parts() : parts;
  }

  private static void addObject(JsonObject object, String role, List<Message> to) {
    JsonValue wrapped = object.first("messages", "input", "prompt", "contents");
    JsonValue messages = object.get("messages");
    boolean isWrapper =
        messages == null
            ? object.has("model") || WRAPPER.containsAll(object.fields().keySet())
            : Json.inText(messages).isArray();
    if (isWrapper && wrapped != null) {
      JsonValue system = object.first("system", "instructions");
      if (system != null && !system.isBlank()) {
        to.add(new Message("system", null, parts(system), null));
      }
      to.addAll(of(wrapped, role));
    } else if (object.object("content").has("parts")) {
      to.add(message(object.object("content"), role)); // a response of Gemini
    } else if (object.first("completion", "toolCalls") != null || object.has("rawRequest")) {
      to.add(
          message(
              JsonObject.NONE
                  .with("role", "assistant")
                  .with("content", object.get("completion"))
                  .with("reasoning", object.get("reasoning"))
                  .with("tool_calls", object.get("toolCalls")),
              role));
    } else if (object.get("choices") instanceof JsonValue.Array(var choices)) {
      addItems(choices, role, to);
    } else if (object.get("output") instanceof JsonValue.Array(var items)) {
      addItems(items, role, to);
    } else if (isItem(object)) {
      to.addAll(ResponseItems.input(Json.array(List.of(object))));
    } else if (isMessage(object)) {
      to.add(message(object, role));
    }
  }

  /** The message of a choice or of a candidate; any other value as it is. */
  private static JsonValue ofChoice(JsonValue item) {
    JsonObject choice = JsonObject.of(item);
    return choice.has("role") || !(choice.get("message") instanceof JsonObject message)
        ? item
        : message.with("finish_reason", choice.first("finish_reason", "finishReason"));
  }

  /** Messages, or lists of messages, or the parts of one message. */
  private static void addItems(List<JsonValue> given, String role, List<Message> to) {
    List<JsonValue> items =
        SpanEvents.areEvents(given)
            ? SpanEvents.messages(given, role.equals("assistant"))
            : given.stream().map(OtlpMessages::ofChoice).toList();
    if (!items.isEmpty() && items.stream().noneMatch(OtlpMessages::isMessageOrList)) {
      boolean areParts =
          items.stream()
              .allMatch(item -> item.isText() || JsonObject.of(item).first("type", "text") != null);
      to.add(
          areParts
              ? new Message(role, null, ContentParts.of(Json.array(items)), null)
              : text(Json.array(items), role));
      return;
    }
    for (JsonValue item : items) {
      if (isItem(item)) {
        to.addAll(ResponseItems.input(Json.array(List.of(item))));
      } else if (item instanceof JsonObject message && isMessage(message)) {
        to.add(message(message, role));
      } else if (!item.isBlank()) {
        to.addAll(of(item, role));
      }
    }
  }

  private static boolean isMessageOrList(JsonValue value) {
    return value.isArray() || isMessage(value) || isItem(value);
  }

  /** Of OpenAI's Responses, without a role. */
  private static boolean isItem(JsonValue value) {
    JsonObject object = JsonObject.of(value);
    String type = object.text("type");
    return type != null
        && (ITEM.matcher(type).matches() || (type.equals("reasoning") && object.has("summary")));
  }

  private static boolean isMessage(JsonValue value) {
    JsonObject object = JsonObject.of(value);
    return object.text("role") != null
        ? object.first(SAID) != null
        : object.has("parts")
            || object.has("tool_calls")
            || (object.has("content") && !object.has("type"));
  }

  private static Message text(JsonValue value, String role) {
    return new Message(
        role, null, ContentParts.of(new JsonValue.Text(JsonTexts.words(value))), null);
  }

  private static Message message(JsonObject message, String role) {
    JsonValue calls = message.get("tool_calls");
    JsonObject read = message.with("tool_calls", calls == null ? null : Json.inText(calls));
    return ChatMessages.message(read, role, message.text("finish_reason"));
  }
}
