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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose values are kept as they were written, so that what is not understood passes
 * through unharmed.
 */
final class JsonObject {

  /** As the queue function reads a destination's secret. */
  private static final JsonFactory STORED = new JsonFactory();

  private static final JsonFactory SENT =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Map<String, Value> values;
  private final Set<String> doubled;

  private JsonObject(Map<String, Value> values, Set<String> doubled) {
    this.values = values;
    this.doubled = doubled;
  }

  /**
   * One value.
   *
   * @param text decoded, of a string; else null
   */
  private record Value(String json, @Nullable String text) {}

  /**
   * A secret's text: no fields where nothing is in it, null where it is not a JSON object. Of a
   * name that stands twice the last value counts.
   */
  static @Nullable JsonObject stored(String text) {
    try {
      return read(STORED, text.isBlank() ? "{}" : text);
    } catch (UnreadableBodyException _) {
      return null;
    }
  }

  /** A request's body, in which no name stands twice. */
  static JsonObject parse(String text) throws UnreadableBodyException {
    return read(SENT, text);
  }

  private static JsonObject read(JsonFactory factory, String text) throws UnreadableBodyException {
    Map<String, Value> values = new LinkedHashMap<>();
    Set<String> doubled = new HashSet<>();
    try (JsonParser json = factory.createParser(text)) {
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
        Value value = new Value(text.substring(start, end).strip(), string);
        if (values.put(name, value) != null) {
          doubled.add(name);
        }
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
    return new JsonObject(values, doubled);
  }

  /** This one's values, and those of {@code base} that this one does not have. */
  JsonObject over(JsonObject base) {
    Map<String, Value> merged = new LinkedHashMap<>(base.values);
    merged.putAll(values);
    Set<String> undecided = new HashSet<>(base.doubled);
    undecided.removeAll(values.keySet());
    return new JsonObject(merged, undecided);
  }

  /** Refuses names beyond these; quotes the first such, where it looks like a name. */
  void allowOnly(List<String> names) throws UnreadableBodyException {
    for (String name : values.keySet()) {
      if (!names.contains(name)) {
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

  /** Whether it stood more than once, and nobody said which one counts. */
  boolean isDoubled(String name) {
    return doubled.contains(name);
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
