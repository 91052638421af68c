package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonReader;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
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

  /** The elements of an array, also of one in a text. */
  static List<JsonValue> itemsIn(@Nullable JsonValue value) {
    return value == null ? List.of() : JsonValue.items(inText(value));
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

  static JsonValue array(List<? extends JsonValue> items) {
    return new JsonValue.Array(List.copyOf(items));
  }

  /** The objects of an array, each as it is read; any other value stays as it is. */
  static JsonValue each(JsonValue value, Function<JsonObject, JsonValue> reader) {
    JsonValue said = inText(value);
    return said.isArray()
        ? array(
            JsonValue.items(said).stream()
                .map(item -> item instanceof JsonObject object ? reader.apply(object) : item)
                .filter(item -> !item.isBlank())
                .toList())
        : value;
  }

  /** A field's value, or the object itself where it has no such field. */
  static JsonValue inner(JsonObject owner, String field) {
    return Objects.requireNonNullElse(owner.get(field), owner);
  }

  /** What a function was called with, of {@code {"args": […], "kwargs": {…}}} and its like. */
  static JsonValue arguments(JsonValue value) {
    JsonObject call = JsonObject.of(inText(value));
    if (call.has("tool_name") && call.has("arguments")) {
      return inner(call, "arguments");
    }
    List<JsonValue> args = JsonValue.items(call.get("args"));
    if (!call.has("args") || !call.without("args", "kwargs").isEmpty()) {
      return value;
    }
    boolean isNamed = !call.object("kwargs").isEmpty();
    return args.isEmpty() ? call.object("kwargs") : isNamed ? call : array(args);
  }
}
