package dev.sentrybroadcast.intake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link JsonReader} left where it stands. It was checked then, so nothing of it is
 * checked again: a text is looked through for its end and copied, where a parser takes it character
 * by character (docs/performance.md).
 */
final class SliceReader {

  private final JsonCursor json;
  private final boolean escapes;

  private SliceReader(JsonValue.Slice slice) {
    json = new JsonCursor(slice.source(), slice.offset());
    escapes = slice.escapes();
  }

  /** All of the value. */
  static JsonValue read(JsonValue.Slice slice) {
    return new SliceReader(slice).value();
  }

  /** A text field of an array's first object, read no further than to there; null if none. */
  static @Nullable String firstText(JsonValue.Slice array, String name) {
    SliceReader reader = new SliceReader(array);
    JsonCursor json = reader.json;
    if (!json.enterArray() || !json.nextElement() || !json.enterObject()) {
      return null;
    }
    while (json.nextField()) {
      if (reader.text(json.name()).equals(name)) {
        return json.isText() ? reader.text(json.text()) : null;
      }
      json.skip();
    }
    return null;
  }

  private JsonValue value() {
    return switch (json.peek()) {
      case '{' -> members();
      case '[' -> elements();
      case '"' -> new JsonValue.Text(text(json.text()));
      default -> literal(json.literal());
    };
  }

  private JsonValue members() {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    json.enterObject();
    while (json.nextField()) {
      String name = text(json.name());
      fields.put(name, value());
    }
    return new JsonValue.Members(fields);
  }

  private JsonValue elements() {
    List<JsonValue> items = new ArrayList<>();
    json.enterArray();
    while (json.nextElement()) {
      items.add(value());
    }
    return new JsonValue.Elements(items);
  }

  private static JsonValue literal(String literal) {
    return switch (literal) {
      case "true" -> new JsonValue.Bool(true);
      case "false" -> new JsonValue.Bool(false);
      case "null" -> JsonValue.Null.NULL;
      default -> JsonValue.number(literal);
    };
  }

  /** Only an escape can bring NUL, which may not reach a span. */
  private String text(String read) {
    return escapes ? WellFormed.text(read) : read;
  }
}
