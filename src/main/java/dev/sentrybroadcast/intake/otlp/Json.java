package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonReader;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** JSON within the texts of attributes. */
final class Json {

  private Json() {}

  /** The JSON in a text; any other text, such as JSON that was cut, stays a text. */
  static JsonValue inText(JsonValue value) {
    String text = value instanceof JsonValue.Text(String json) ? json.strip() : "";
    boolean isJson = text.startsWith("{") || text.startsWith("[") || text.startsWith("\"");
    return isJson ? Objects.requireNonNullElse(JsonReader.readOrNull(text), value) : value;
  }

  /** An array whose texts are JSON objects, with these objects. */
  static JsonValue objectsIn(JsonValue value) {
    return value instanceof JsonValue.Array(var items)
        ? array(items.stream().map(item -> inText(item).isObject() ? inText(item) : item).toList())
        : value;
  }

  /** A text that is not blank, or a number as text. */
  static @Nullable String text(@Nullable JsonValue value) {
    String text =
        value instanceof JsonValue.Numeric(String number) ? number : JsonValue.text(value);
    return text == null || text.isBlank() ? null : text;
  }

  static JsonObject object(String name, JsonValue value) {
    return new JsonObject(Map.of(name, value));
  }

  static JsonValue array(List<? extends JsonValue> items) {
    return new JsonValue.Array(List.copyOf(items));
  }
}
