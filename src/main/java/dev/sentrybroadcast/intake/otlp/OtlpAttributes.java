package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Attributes of OTLP/JSON as JSON values, in order; of duplicate keys the last one counts. */
final class OtlpAttributes {

  private static final int DEPTH = 32;

  private static final Pattern KEY = Pattern.compile("[!-~]+");

  private final Map<String, JsonValue> values = new LinkedHashMap<>();

  private OtlpAttributes() {}

  static OtlpAttributes read(ObjectView owner) {
    OtlpAttributes attributes = new OtlpAttributes();
    for (ObjectView attribute : owner.objects("attributes", Limits.ATTRIBUTES)) {
      String key = attribute.json().text("key");
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

  /** Text that is not content, at most 1,024 characters. */
  @Nullable String text(String key) {
    String text = id(key);
    return text == null ? null : Limits.cut(text, Limits.NAME_CHARS);
  }

  /** The first of the names with a text. */
  @Nullable String text(List<String> keys) {
    String text = id(keys);
    return text == null ? null : Limits.cut(text, Limits.NAME_CHARS);
  }

  /** Like {@link #text(List)}, but never cut: ids are hashed, and a hash is of the whole text. */
  @Nullable String id(List<String> keys) {
    return keys.stream().map(this::id).filter(Objects::nonNull).findFirst().orElse(null);
  }

  private @Nullable String id(String key) {
    JsonValue value = values.get(key);
    String text = value instanceof JsonValue.Numeric number ? number.text() : JsonValue.text(value);
    return text == null || text.isBlank() ? null : text;
  }

  /** Whether it is a name and not a sentence. */
  private static boolean isKey(String key) {
    return key.length() <= Limits.METADATA_KEY_CHARS && KEY.matcher(key).matches();
  }

  private static @Nullable JsonValue value(@Nullable JsonValue any, int depth) {
    for (Map.Entry<String, JsonValue> entry : JsonObject.of(any).fields().entrySet()) {
      JsonValue value = entry.getValue();
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
          // Bytes are inline data, which is not sent; others are of a later version.
        }
      }
    }
    return null;
  }

  private static JsonValue array(JsonValue array, int depth) {
    List<JsonValue> items = new ArrayList<>();
    for (JsonValue item : JsonValue.items(JsonObject.of(array).get("values"))) {
      JsonValue value = value(item, depth + 1);
      items.add(value == null ? JsonValue.Null.NULL : value);
    }
    return new JsonValue.Array(items);
  }

  private static JsonValue object(JsonValue list, int depth) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    for (JsonValue entry : JsonValue.items(JsonObject.of(list).get("values"))) {
      String key = JsonObject.of(entry).text("key");
      JsonValue value = value(JsonObject.of(entry).get("value"), depth + 1);
      if (key != null && value != null) {
        fields.put(key, value);
      }
    }
    return new JsonObject(fields);
  }
}
