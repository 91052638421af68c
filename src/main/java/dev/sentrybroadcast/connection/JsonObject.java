package dev.sentrybroadcast.connection;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose values are kept as they were written, so that what is not understood passes
 * through unharmed.
 */
final class JsonObject {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Map<String, Value> values;

  private JsonObject(Map<String, Value> values) {
    this.values = values;
  }

  /**
   * One value.
   *
   * @param text decoded, of a string; else null
   */
  private record Value(String json, @Nullable String text) {}

  static JsonObject empty() {
    return new JsonObject(Map.of());
  }

  static JsonObject parse(String text) throws UnreadableBodyException {
    Map<String, Value> values = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new UnreadableBodyException(null, "a JSON object");
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        JsonToken token = json.nextToken();
        int start = (int) json.currentTokenLocation().getCharOffset();
        String string = token == JsonToken.VALUE_STRING ? json.getText() : null;
        json.skipChildren();
        json.finishToken();
        int end = (int) json.currentLocation().getCharOffset();
        values.put(name, new Value(text.substring(start, end).strip(), string));
      }
      if (json.nextToken() != null) {
        throw new UnreadableBodyException(null, "one JSON object and nothing after it");
      }
    } catch (JsonProcessingException e) {
      // The position alone: the exception's own words may quote the text.
      JsonLocation at = e.getLocation();
      throw new UnreadableBodyException(
          null,
          "a JSON object"
              + (at == null
                  ? ""
                  : "; it breaks at line " + at.getLineNr() + ", column " + at.getColumnNr()));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string does not fail
    }
    return new JsonObject(values);
  }

  /** This one's values, and those of {@code base} that this one does not have. */
  JsonObject over(JsonObject base) {
    Map<String, Value> merged = new LinkedHashMap<>(base.values);
    merged.putAll(values);
    return new JsonObject(merged);
  }

  /** Refuses names beyond these; quotes the first such, where it looks like a name. */
  void allowOnly(String... names) throws UnreadableBodyException {
    for (String name : values.keySet()) {
      boolean known = false;
      for (String allowed : names) {
        known |= allowed.equals(name);
      }
      if (!known) {
        throw new UnreadableBodyException(
            isFieldName(name) ? name : null, "no other fields than " + String.join(", ", names));
      }
    }
  }

  private static boolean isFieldName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if ((c < 'a' || c > 'z') && c != '_') {
        return false;
      }
    }
    return !name.isEmpty() && name.length() <= 30;
  }

  boolean has(String name) {
    Value value = values.get(name);
    return value != null && !value.json.equals("null");
  }

  /** Null when it is absent, null, or no string. */
  @Nullable String text(String name) {
    Value value = values.get(name);
    return value == null ? null : value.text;
  }

  @Nullable String textOrRefuse(String name) throws UnreadableBodyException {
    if (has(name) && text(name) == null) {
      throw new UnreadableBodyException(name, "a string");
    }
    return text(name);
  }

  boolean flagOrRefuse(String name) throws UnreadableBodyException {
    Value value = values.get(name);
    if (value == null) {
      return false;
    }
    return switch (value.json) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new UnreadableBodyException(name, "true or false");
    };
  }

  String json() {
    StringBuilder out = new StringBuilder("{");
    values.forEach((name, value) -> {
      if (out.length() > 1) {
        out.append(", ");
      }
      out.append('"');
      JsonStringEncoder.getInstance().quoteAsString(name, out);
      out.append("\": ").append(value.json);
    });
    return out.append('}').toString();
  }

  @Override
  public String toString() {
    return "JsonObject[" + values.size() + " fields]";
  }
}
