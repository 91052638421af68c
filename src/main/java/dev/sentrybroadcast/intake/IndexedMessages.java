package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Messages in attributes of their own, as {@code gen_ai.prompt.0.content}, which OpenLLMetry wrote
 * until 2025.
 */
final class IndexedMessages {

  private final Map<Integer, Map<String, JsonValue>> messages = new TreeMap<>();

  private IndexedMessages() {}

  /** {@code held}: gets the names of the attributes that were taken. */
  static IndexedMessages of(OtlpAttributes attributes, String prefix, Set<String> held) {
    IndexedMessages found = new IndexedMessages();
    for (Map.Entry<String, JsonValue> attribute : attributes.values().entrySet()) {
      String key = attribute.getKey();
      if (key.startsWith(prefix)) {
        int dot = key.indexOf('.', prefix.length());
        int index = dot < 0 ? -1 : index(key, prefix.length(), dot);
        if (index >= 0 && found.add(index, key.substring(dot + 1), attribute.getValue())) {
          held.add(key);
        }
      }
    }
    return found;
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  List<Message> messages(String role) {
    List<JsonValue> all = new ArrayList<>(messages.size());
    for (Map<String, JsonValue> message : messages.values()) {
      all.add(new JsonValue.Members(message));
    }
    return OtlpMessages.of(new JsonValue.Elements(all), role);
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
    int call = dot < 0 ? -1 : index(field, start, dot);
    if (call < 0) {
      return false;
    }
    List<JsonValue> calls = new ArrayList<>(JsonValue.elements(message.get("tool_calls")));
    while (calls.size() <= call) {
      calls.add(new JsonValue.Members(Map.of()));
    }
    JsonValue.Members before = JsonValue.members(calls.get(call));
    Map<String, JsonValue> fields = new LinkedHashMap<>(before.fields());
    Map<String, JsonValue> function =
        new LinkedHashMap<>(JsonValue.members(before.get("function")).fields());
    String name = field.substring(dot + 1);
    (name.equals("id") ? fields : function).put(name, value);
    fields.put("function", new JsonValue.Members(function));
    calls.set(call, new JsonValue.Members(fields));
    message.put("tool_calls", new JsonValue.Elements(calls));
    return true;
  }

  /** At most three digits: more messages than that are no list someone wrote. */
  private static int index(String key, int from, int to) {
    if (to <= from || to - from > 3) {
      return -1;
    }
    int index = 0;
    for (int i = from; i < to; i++) {
      char c = key.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      index = index * 10 + (c - '0');
    }
    return index;
  }
}
