package dev.sentrybroadcast.intake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Attributes of OTLP/JSON as plain JSON values, in order; of duplicate keys the last counts. */
final class OtlpAttributes {

  private static final int DEPTH = 32;

  private final Map<String, JsonValue> values = new LinkedHashMap<>();

  private OtlpAttributes() {}

  static OtlpAttributes read(Fields owner) {
    OtlpAttributes attributes = new OtlpAttributes();
    for (Fields attribute : owner.objects("attributes", Limits.ATTRIBUTES)) {
      String key = JsonValue.text(attribute.get("key"));
      JsonValue value = value(attribute.get("value"), 1);
      if (key == null || !isKey(key)) {
        attribute.drop("key");
      } else if (value != null) {
        JsonValue typed = OtlpTypes.typed(key, value);
        if (typed == null) {
          attribute.drop("value");
        } else {
          attributes.values.put(key, typed);
        }
      }
    }
    return attributes;
  }

  Map<String, JsonValue> values() {
    return values;
  }

  @Nullable JsonValue get(String key) {
    return values.get(key);
  }

  /** Text that is no content. */
  @Nullable String text(String key) {
    JsonValue value = values.get(key);
    String text = value instanceof JsonValue.Numeric number ? number.text() : JsonValue.text(value);
    return text == null || text.isBlank() ? null : Limits.cut(text, Limits.NAME_CHARS);
  }

  /** A name, not a sentence: what else could stand there is nobody's to know. */
  private static boolean isKey(String key) {
    if (key.isEmpty() || key.length() > Limits.METADATA_KEY_CHARS) {
      return false;
    }
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c <= ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  private static @Nullable JsonValue value(@Nullable JsonValue any, int depth) {
    JsonValue.Members members = JsonValue.members(any);
    for (Map.Entry<String, JsonValue> entry : members.fields().entrySet()) {
      JsonValue value = entry.getValue().read();
      switch (entry.getKey()) {
        case "stringValue" -> {
          return value instanceof JsonValue.Text ? value : null;
        }
        case "boolValue" -> {
          return value instanceof JsonValue.Bool ? value : null;
        }
        case "intValue" -> {
          JsonValue whole = OtlpTypes.whole(value);
          return whole == null ? OtlpTypes.decimal(value) : whole;
        }
        case "doubleValue" -> {
          return OtlpTypes.decimal(value);
        }
        case "arrayValue" -> {
          return depth > DEPTH ? null : array(value, depth);
        }
        case "kvlistValue" -> {
          return depth > DEPTH ? null : object(value, depth);
        }
        default -> {
          // Bytes are data, which never leaves; anything else is of a later version.
        }
      }
    }
    return null;
  }

  private static JsonValue array(JsonValue array, int depth) {
    List<JsonValue> items = new ArrayList<>();
    for (JsonValue item : JsonValue.elements(JsonValue.members(array).get("values"))) {
      JsonValue value = value(item, depth + 1);
      items.add(value == null ? JsonValue.Null.NULL : value);
    }
    return new JsonValue.Elements(items);
  }

  private static JsonValue object(JsonValue list, int depth) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    for (JsonValue entry : JsonValue.elements(JsonValue.members(list).get("values"))) {
      JsonValue.Members members = JsonValue.members(entry);
      String key = JsonValue.text(members.get("key"));
      JsonValue value = value(members.get("value"), depth + 1);
      if (key != null && value != null) {
        fields.put(key, value);
      }
    }
    return new JsonValue.Members(fields);
  }
}
