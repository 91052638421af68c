package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The value of an attribute in OTLP/JSON. */
final class OtlpValue {

  private static final int DEPTH = 32;

  private static final Set<String> TYPES =
      Set.of("stringValue", "boolValue", "intValue", "doubleValue", "arrayValue", "kvlistValue");

  private OtlpValue() {}

  /**
   * Null for no value, and for bytes, which are inline data.
   *
   * @throws UnreadableExportException if it is nested deeper than the limit
   */
  static @Nullable JsonValue of(@Nullable JsonValue any, String path) {
    return value(any, path, 1);
  }

  private static @Nullable JsonValue value(@Nullable JsonValue any, String path, int depth) {
    if (depth > DEPTH) {
      throw new UnreadableExportException(path, "values nested at most " + DEPTH + " deep");
    }
    Map<String, JsonValue> fields = JsonObject.of(any).fields();
    String type = fields.keySet().stream().filter(TYPES::contains).findFirst().orElse("");
    JsonValue value = fields.getOrDefault(type, JsonValue.Null.NULL);
    return switch (type) {
      case "stringValue" -> value instanceof JsonValue.Text ? value : null;
      case "boolValue" -> value instanceof JsonValue.Bool ? value : null;
      case "intValue" -> {
        Long whole = Numbers.whole(value);
        yield whole == null ? decimal(value) : new JsonValue.Numeric(whole.toString());
      }
      case "doubleValue" -> decimal(value);
      case "arrayValue" -> array(value, path, depth);
      case "kvlistValue" -> object(value, path, depth);
      default -> null; // bytes, or a type of a later version
    };
  }

  /** In JSON's spelling, with a point, which tells it from a whole number. */
  private static @Nullable JsonValue decimal(JsonValue value) {
    Double decimal = Numbers.decimal(value);
    return decimal == null ? null : new JsonValue.Numeric(decimal.toString());
  }

  private static JsonValue array(JsonValue array, String path, int depth) {
    List<JsonValue> items = new ArrayList<>();
    for (JsonValue item : JsonValue.items(JsonObject.of(array).get("values"))) {
      JsonValue value = value(item, path, depth + 1);
      items.add(value == null ? JsonValue.Null.NULL : value);
    }
    return new JsonValue.Array(items);
  }

  private static JsonValue object(JsonValue list, String path, int depth) {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    for (JsonValue entry : JsonValue.items(JsonObject.of(list).get("values"))) {
      String key = JsonObject.of(entry).text("key");
      JsonValue value = value(JsonObject.of(entry).get("value"), path, depth + 1);
      if (key != null && value != null) {
        fields.put(key, value);
      }
    }
    return new JsonObject(fields);
  }
}
