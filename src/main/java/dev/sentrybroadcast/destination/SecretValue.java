package dev.sentrybroadcast.destination;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.sentrybroadcast.sentry.Json;
import dev.sentrybroadcast.sentry.Json.Member;
import dev.sentrybroadcast.sentry.Json.Members;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value in the JSON of a secret, or of a request that sets one, with the path that names it in an
 * error, as {@code filter.groups[0].rules[2].operator}. An absent field is null, and null means the
 * default. A value can be written as it was read, so that fields that are not understood are kept.
 */
public final class SecretValue {

  private static final JsonFactory STORED = new JsonFactory();
  private static final JsonFactory SENT =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** An object without fields. */
  public static final SecretValue EMPTY = new SecretValue("", new Members(List.of()));

  /** Names that an error may repeat: they cannot be a key or a DSN. */
  private static final Pattern PLAIN = Pattern.compile("[a-z][a-z_.]{0,39}");

  private final String path;
  private final @Nullable Object value;

  private SecretValue(String path, @Nullable Object value) {
    this.path = path;
    this.value = value;
  }

  /**
   * Reads a secret's text, which must be a JSON object.
   *
   * @param object what the object should be, for the error
   */
  static SecretValue object(String text, String object) throws InvalidJsonException {
    return read(STORED, text, object);
  }

  /** Reads the text of a request: a JSON object, in which no name may stand twice. */
  public static SecretValue sent(String text) throws InvalidJsonException {
    return read(SENT, text, "a JSON object");
  }

  private static SecretValue read(JsonFactory factory, String text, String object)
      throws InvalidJsonException {
    try (JsonParser json = factory.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new InvalidJsonException(null, object);
      }
      SecretValue read = new SecretValue("", Json.read(json));
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

  /** The JSON of the value. A field that stands there twice stays so. */
  public String json() {
    return Json.of(value);
  }

  /** The JSON of a field, null where it is absent. */
  public Json.Raw json(String name) {
    Object found = null;
    for (Member field : fields()) {
      found = field.name().equals(name) ? field.value() : found;
    }
    return new Json.Raw(Json.of(found));
  }

  private List<Member> fields() {
    return value instanceof Members(List<Member> members) ? members : List.of();
  }

  /** The fields of this object, and those of {@code base} that it does not have. */
  public SecretValue over(SecretValue base) {
    Set<String> names = fieldNames();
    List<Member> merged = new ArrayList<>(base.fields());
    merged.removeIf(field -> names.contains(field.name()));
    merged.addAll(fields());
    return new SecretValue("", new Members(merged));
  }

  String path() {
    return path;
  }

  public boolean isNull() {
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
  public Set<String> fieldNames() {
    Set<String> names = new LinkedHashSet<>();
    fields().forEach(field -> names.add(field.name()));
    return names;
  }

  /** Whether it is an object with this field, and the field is not null. */
  public boolean has(String field) {
    return fields().stream().anyMatch(each -> each.name().equals(field) && each.value() != null);
  }

  InvalidJsonException expected(String what) {
    return new InvalidJsonException(path.isEmpty() ? null : path, what);
  }

  /** The field of an object. A field that stands there twice could mean either value. */
  public SecretValue get(String field) throws InvalidJsonException {
    String name = path.isEmpty() ? field : path + "." + field;
    List<Member> found = fields().stream().filter(each -> each.name().equals(field)).toList();
    if (found.size() > 1) {
      throw new InvalidJsonException(name, "it only once");
    }
    return new SecretValue(name, found.isEmpty() ? null : found.getFirst().value());
  }

  /** Checks that it is null or an object with no other fields than these. */
  public void allowOnly(String... fields) throws InvalidJsonException {
    if (value != null && !isObject()) {
      throw expected("an object with " + String.join(", ", fields));
    }
    for (String name : fieldNames()) {
      if (!List.of(fields).contains(name)) {
        String others = "no other fields than " + String.join(", ", fields) + unlike(name);
        // Of the whole document the field itself is named.
        throw path.isEmpty() && isPlain(name)
            ? new InvalidJsonException(name, others)
            : expected(others);
      }
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
  public @Nullable String text() throws InvalidJsonException {
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

  public boolean flag(boolean fallback) throws InvalidJsonException {
    if (value != null && !(value instanceof Boolean)) {
      throw expected("true or false");
    }
    return value instanceof Boolean flag ? flag : fallback;
  }

  /** A flag as the text {@code true} or {@code false}; another value as it is. */
  SecretValue flagAsText() {
    return value instanceof Boolean flag ? new SecretValue(path, flag.toString()) : this;
  }

  /** The text of a number; null where it is none. */
  @Nullable String numberText() {
    return value instanceof Json.Raw(String text) ? text : null;
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
    return given instanceof String name && isPlain(name) ? "; \"" + name + "\" is none" : "";
  }

  private static boolean isPlain(String name) {
    return PLAIN.matcher(name).matches();
  }
}
