package dev.sentrybroadcast.destination;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value in a secret's JSON, with the path that names it in an error, as {@code
 * filter.groups[0].rules[2].operator}. An absent field is null, and null means the default.
 */
final class SecretValue {

  private static final JsonFactory JSON = new JsonFactory();

  /** Names that an error may repeat: they cannot be a key or a DSN. */
  private static final Pattern PLAIN = Pattern.compile("[a-z][a-z_.]{0,39}");

  private final String path;
  private final @Nullable Object value;

  private SecretValue(String path, @Nullable Object value) {
    this.path = path;
    this.value = value;
  }

  /** The fields of an object, and which of them stand there more than once. */
  private record Members(Map<String, @Nullable Object> values, Set<String> doubled) {}

  /** A number, not converted: any unknown field may hold a huge one. */
  private record JsonNumber(String text) {}

  /**
   * Reads a secret's text, which must be a JSON object.
   *
   * @param object what the object should be, for the error
   */
  static SecretValue object(String text, String object) throws InvalidJsonException {
    try (JsonParser json = JSON.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new InvalidJsonException(null, object);
      }
      SecretValue read = new SecretValue("", read(json));
      if (json.nextToken() != null) {
        throw new InvalidJsonException(null, object + " and nothing after it");
      }
      return read;
    } catch (JsonProcessingException e) {
      throw InvalidJsonException.notJson(object, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string does not fail
    }
  }

  private static @Nullable Object read(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        Members members = new Members(new LinkedHashMap<>(), new HashSet<>());
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
          json.nextToken();
          if (members.values.containsKey(name)) {
            members.doubled.add(name);
          }
          members.values.put(name, read(json));
        }
        yield members;
      }
      case START_ARRAY -> {
        List<@Nullable Object> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          elements.add(read(json));
        }
        yield elements;
      }
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(json.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case null, default -> null;
    };
  }

  String path() {
    return path;
  }

  boolean isNull() {
    return value == null;
  }

  boolean isFlag() {
    return value instanceof Boolean;
  }

  boolean isArray() {
    return value instanceof List;
  }

  boolean isObject() {
    return value instanceof Members;
  }

  /** The names of an object's fields, in order; empty where it is none. */
  Set<String> fieldNames() {
    return value instanceof Members(Map<String, @Nullable Object> values, _)
        ? values.keySet()
        : Set.of();
  }

  InvalidJsonException expected(String what) {
    return new InvalidJsonException(path.isEmpty() ? null : path, what);
  }

  /** The field of an object. A field that stands there twice could mean either value. */
  SecretValue get(String field) throws InvalidJsonException {
    String name = path.isEmpty() ? field : path + "." + field;
    if (!(value instanceof Members(Map<String, @Nullable Object> values, Set<String> doubled))) {
      return new SecretValue(name, null);
    }
    if (doubled.contains(field)) {
      throw new InvalidJsonException(name, "it only once");
    }
    return new SecretValue(name, values.get(field));
  }

  /** Checks that it is null or an object with no other fields than these. */
  void allowOnly(String... fields) throws InvalidJsonException {
    if (value instanceof Members(Map<String, @Nullable Object> values, _)) {
      for (String name : values.keySet()) {
        if (!List.of(fields).contains(name)) {
          throw expected("no other fields than " + String.join(", ", fields) + unlike(name));
        }
      }
    } else if (value != null) {
      throw expected("an object with " + String.join(", ", fields));
    }
  }

  /** The elements of an array; none where it is null. */
  List<SecretValue> elements(String expected) throws InvalidJsonException {
    if (value != null && !(value instanceof List)) {
      throw expected(expected);
    }
    List<?> elements = value instanceof List<?> list ? list : List.of();
    List<SecretValue> read = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      read.add(new SecretValue(path + "[" + i + "]", elements.get(i)));
    }
    return read;
  }

  /** Null where it is null or blank. */
  @Nullable String text() throws InvalidJsonException {
    if (value != null && !(value instanceof String)) {
      throw expected("a string");
    }
    return value instanceof String text && !text.isBlank() ? text : null;
  }

  /** A text that must be one of these. */
  String oneOf(String fallback, List<String> allowed) throws InvalidJsonException {
    if (value != null && !(value instanceof String text && allowed.contains(text))) {
      throw expected("one of " + String.join(", ", allowed) + unlike(value));
    }
    return value instanceof String text ? text : fallback;
  }

  boolean flag(boolean fallback) throws InvalidJsonException {
    if (value != null && !(value instanceof Boolean)) {
      throw expected("true or false");
    }
    return value instanceof Boolean flag ? flag : fallback;
  }

  /** The text of a number; null where it is none. */
  @Nullable String numberText() {
    return value instanceof JsonNumber(String text) ? text : null;
  }

  /** The names of an array; null for null. */
  @Nullable Set<String> names(String what) throws InvalidJsonException {
    String expected = "null for all, or an array of at least one " + what;
    Set<String> names = new HashSet<>();
    for (SecretValue element : elements(expected)) {
      if (!(element.value instanceof String name && !name.isBlank())) {
        throw expected(expected);
      }
      names.add(name);
    }
    if (value != null && names.isEmpty()) {
      throw expected(expected);
    }
    return value == null ? null : names;
  }

  /** Names what is wrong where it is a plain word. */
  static String unlike(@Nullable Object given) {
    return given instanceof String name && PLAIN.matcher(name).matches()
        ? "; \"" + name + "\" is none"
        : "";
  }
}
