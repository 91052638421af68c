package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Messages in attributes of their own, such as {@code gen_ai.prompt.0.content}, which OpenLLMetry
 * wrote until 2025.
 */
final class IndexedMessages {

  private static final Pattern INDEX = Pattern.compile("[0-9]{1,3}");

  private final Map<Integer, Map<String, JsonValue>> messages = new TreeMap<>();

  private IndexedMessages() {}

  /** Adds the names of the attributes that it read to {@code read}. */
  static IndexedMessages of(OtlpAttributes attributes, String prefix, Set<String> read) {
    IndexedMessages found = new IndexedMessages();
    for (Map.Entry<String, JsonValue> attribute : attributes.values().entrySet()) {
      String key = attribute.getKey();
      if (!prefix.isEmpty() && key.startsWith(prefix)) {
        int dot = key.indexOf('.', prefix.length());
        int index = dot < 0 ? -1 : index(key, prefix.length(), dot);
        if (index >= 0 && found.add(index, key.substring(dot + 1), attribute.getValue())) {
          read.add(key);
        }
      }
    }
    return found;
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  List<Message> messages(String role) {
    List<JsonValue> all = messages.values().stream().<JsonValue>map(JsonObject::new).toList();
    return OtlpMessages.of(new JsonValue.Array(all), role);
  }

  /** Tool calls are indexed again, {@code tool_calls.0.name}. */
  private boolean add(int index, String field, JsonValue value) {
    Map<String, JsonValue> message = messages.computeIfAbsent(index, _ -> new LinkedHashMap<>());
    if (!field.startsWith("tool_calls.")) {
      message.put(field, value);
      return true;
    }
    int start = "tool_calls.".length();
    int dot = field.indexOf('.', start);
    int at = dot < 0 ? -1 : index(field, start, dot);
    if (at < 0) {
      return false;
    }
    List<JsonValue> calls = new ArrayList<>(JsonValue.items(message.get("tool_calls")));
    while (calls.size() <= at) {
      calls.add(JsonObject.NONE);
    }
    JsonObject call = JsonObject.of(calls.get(at));
    String name = field.substring(dot + 1);
    calls.set(
        at,
        name.equals("id")
            ? call.with(name, value)
            : call.with("function", call.object("function").with(name, value)));
    message.put("tool_calls", new JsonValue.Array(calls));
    return true;
  }

  /** −1 for what is not a number of at most three digits. */
  private static int index(String key, int from, int to) {
    String digits = key.substring(from, to);
    return INDEX.matcher(digits).matches() ? Integer.parseInt(digits) : -1;
  }
}
