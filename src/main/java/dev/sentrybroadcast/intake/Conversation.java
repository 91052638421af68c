package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went in: messages, and the system's text apart from them, whether the body keeps it apart or
 * as leading messages. One reading serves both when they are asked for in turn; what was handed out
 * is not kept.
 */
final class Conversation {

  private final @Nullable JsonValue system;
  private final @Nullable JsonValue instructions;
  private final @Nullable JsonValue said;
  private final boolean items;
  private @Nullable List<Part> systemParts;
  private @Nullable List<Message> messages;

  private Conversation(
      @Nullable JsonValue system,
      @Nullable JsonValue instructions,
      @Nullable JsonValue said,
      boolean items) {
    this.system = system;
    this.instructions = instructions;
    this.said = said;
    this.items = items;
  }

  /** Of a request's body; OpenAI's Responses repeat the instructions. */
  static Conversation of(Fields request, Fields response) {
    JsonValue system = request.get("system");
    JsonValue own = request.get("instructions");
    JsonValue instructions = own == null ? response.get("instructions") : own;
    Conversation blank = new Conversation(system, instructions, null, false);
    for (String field : new String[] {"messages", "input", "prompt", "query"}) {
      JsonValue value = request.get(field);
      if (value == null) {
        continue;
      }
      JsonValue said = said(value);
      if (said == null) {
        if (!value.isBlank()) {
          request.drop(field);
        }
        continue;
      }
      boolean items = field.equals("input") && !value.isMembers();
      Conversation found = new Conversation(system, instructions, said, items);
      if (!said.isBlank()) {
        return found;
      }
      blank = blank.hasMessages() ? blank : found;
    }
    return blank;
  }

  private static @Nullable JsonValue said(JsonValue value) {
    if (value.isText() || value.isElements()) {
      return value;
    }
    JsonValue.Members object = JsonValue.members(value);
    if (object.has("content") || object.has("parts")) {
      return new JsonValue.Elements(List.of(object)); // one message
    }
    // {"prompt"} or {"messages"}, as OpenRouter's /generation/content has it.
    return object.has("messages") ? object.get("messages") : object.get("prompt");
  }

  boolean hasMessages() {
    return said != null;
  }

  boolean hasSystem() {
    return system != null || instructions != null || (said != null && isSystem(firstRole(said)));
  }

  List<Message> messages() {
    if (messages == null) {
      read();
    }
    List<Message> read = messages == null ? List.of() : messages;
    messages = null;
    return read;
  }

  List<Part> system() {
    if (systemParts == null) {
      read();
    }
    List<Part> read = systemParts == null ? List.of() : systemParts;
    systemParts = null;
    return read;
  }

  private void read() {
    List<Part> parts = new ArrayList<>();
    ContentParts.add(system, parts);
    ContentParts.add(instructions, parts);
    List<Message> all = said == null ? List.of() : messagesOf(said);
    int first = 0;
    while (first < all.size() && isSystem(all.get(first).role())) {
      parts.addAll(all.get(first).parts());
      first++;
    }
    systemParts = parts;
    messages = all.subList(first, all.size());
  }

  private List<Message> messagesOf(JsonValue said) {
    return items ? ResponsesShape.input(said) : ChatShape.messages(said);
  }

  private static boolean isSystem(@Nullable String role) {
    return "system".equals(role) || "developer".equals(role);
  }

  private static @Nullable String firstRole(JsonValue said) {
    if (said instanceof JsonValue.Slice slice) {
      return said.isElements() ? SliceReader.firstText(slice, "role") : null;
    }
    List<JsonValue> elements = JsonValue.elements(said);
    return elements.isEmpty()
        ? null
        : JsonValue.text(JsonValue.members(elements.getFirst()).get("role"));
  }
}
