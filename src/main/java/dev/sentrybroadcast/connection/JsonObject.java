package dev.sentrybroadcast.connection;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.sentrybroadcast.destination.InvalidJsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object whose values keep their JSON text, so that fields that are not understood are
 * written back unchanged.
 *
 * @param doubled the names that stood more than once; the last value counts
 */
record JsonObject(Map<String, Value> values, Set<String> doubled) {

  /** As the queue function reads a destination's secret. */
  private static final JsonFactory STORED = new JsonFactory();

  private static final JsonFactory SENT =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * One value.
   *
   * @param text of a string, decoded; else null
   */
  record Value(String json, @Nullable String text) {}

  /** A secret's text: no fields if it is blank, null if it is not a JSON object. */
  static @Nullable JsonObject stored(String text) {
    try {
      return read(STORED, text.isBlank() ? "{}" : text);
    } catch (InvalidJsonException _) {
      return null;
    }
  }

  /** A request's body, in which no name may stand twice. */
  static JsonObject parse(String text) throws InvalidJsonException {
    return read(SENT, text);
  }

  private static JsonObject read(JsonFactory factory, String text) throws InvalidJsonException {
    Map<String, Value> values = new LinkedHashMap<>();
    Set<String> doubled = new HashSet<>();
    try (JsonParser json = factory.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new InvalidJsonException(null, "a JSON object");
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        String string = json.nextToken() == JsonToken.VALUE_STRING ? json.getText() : null;
        int start = (int) json.currentTokenLocation().getCharOffset();
        json.skipChildren();
        json.finishToken();
        int end = (int) json.currentLocation().getCharOffset();
        if (values.put(name, new Value(text.substring(start, end).strip(), string)) != null) {
          doubled.add(name);
        }
      }
      if (json.nextToken() != null) {
        throw new InvalidJsonException(null, "one JSON object and nothing after it");
      }
    } catch (JsonProcessingException e) {
      throw InvalidJsonException.notJson("a JSON object", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string does not fail
    }
    return new JsonObject(values, doubled);
  }

  /** The values of this object, and those of {@code base} that it does not have. */
  JsonObject over(JsonObject base) {
    Map<String, Value> merged = new LinkedHashMap<>(base.values);
    merged.putAll(values);
    Set<String> undecided = new HashSet<>(base.doubled);
    undecided.removeAll(values.keySet());
    return new JsonObject(merged, undecided);
  }

  /** Refuses other names; quotes the first such only if it looks like the name of a field. */
  void allowOnly(List<String> names) throws InvalidJsonException {
    Optional<String> other = values.keySet().stream().filter(n -> !names.contains(n)).findFirst();
    if (other.isPresent()) {
      throw new InvalidJsonException(
          other.filter(name -> name.matches("[a-z_]{1,30}")).orElse(null),
          "no other fields than " + String.join(", ", names));
    }
  }

  boolean has(String name) {
    Value value = values.get(name);
    return value != null && !value.json.equals("null");
  }

  /** Null when it is absent, null, or not a string. */
  @Nullable String text(String name) {
    Value value = values.get(name);
    return value == null ? null : value.text;
  }

  @Nullable String textOrRefuse(String name) throws InvalidJsonException {
    if (has(name) && text(name) == null) {
      throw new InvalidJsonException(name, "a string");
    }
    return text(name);
  }

  boolean flagOrRefuse(String name) throws InvalidJsonException {
    Value value = values.get(name);
    return switch (value == null ? "false" : value.json) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidJsonException(name, "true or false");
    };
  }

  /** The JSON of the value; {@code null} where it is absent. */
  String jsonOf(String name) {
    Value value = values.get(name);
    return value == null ? "null" : value.json;
  }

  String json() {
    return JsonBody.of(json -> {
      for (Map.Entry<String, Value> field : values.entrySet()) {
        json.writeFieldName(field.getKey());
        json.writeRawValue(field.getValue().json);
      }
    });
  }

  /** Without values: they may hold a key. */
  @Override
  public String toString() {
    return "JsonObject[" + values.size() + " fields]";
  }
}
