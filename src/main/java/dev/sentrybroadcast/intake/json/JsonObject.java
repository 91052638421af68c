package dev.sentrybroadcast.intake.json;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object, its fields in order; of duplicate keys the last one counts. */
public record JsonObject(Map<String, JsonValue> fields) implements JsonValue {

  public static final JsonObject NONE = new JsonObject(Map.of());

  /** The value as an object; an empty one if it is something else. */
  public static JsonObject of(@Nullable JsonValue value) {
    return value instanceof JsonObject object ? object : NONE;
  }

  /** The first element of an array as an object; an empty one if it is something else. */
  public static JsonObject firstOf(@Nullable JsonValue array) {
    return of(JsonValue.items(array).stream().findFirst().orElse(null));
  }

  /** The field's value; null where there is none or it is JSON's null. */
  public @Nullable JsonValue get(String name) {
    JsonValue value = fields.get(name);
    return value instanceof Null ? null : value;
  }

  /** The first of the fields that is there. */
  public @Nullable JsonValue first(String... names) {
    for (String name : names) {
      JsonValue value = get(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** The field's text; null where it is not a text. */
  public @Nullable String text(String name) {
    return JsonValue.text(fields.get(name));
  }

  /** The field's object; an empty one where it is not an object. */
  public JsonObject object(String name) {
    return of(fields.get(name));
  }

  public boolean has(String name) {
    return get(name) != null;
  }

  /** Whether there is no field, or only nulls. */
  public boolean isEmpty() {
    return fields.values().stream().allMatch(Null.class::isInstance);
  }

  /** These fields, and those of {@code behind} that are missing or null here. */
  public JsonObject over(JsonObject behind) {
    Map<String, JsonValue> both = new LinkedHashMap<>(behind.fields);
    fields.forEach((name, value) -> {
      if (!(value instanceof Null)) {
        both.put(name, value);
      }
    });
    return new JsonObject(both);
  }

  /** With the field set, or as it is if the value is null. */
  public JsonObject with(String name, @Nullable JsonValue value) {
    return value == null ? this : new JsonObject(Map.of(name, value)).over(this);
  }

  /** With the text in the field. */
  public JsonObject with(String name, String text) {
    return with(name, new JsonValue.Text(text));
  }

  public JsonObject without(String... names) {
    Map<String, JsonValue> rest = new LinkedHashMap<>(fields);
    for (String name : names) {
      rest.remove(name);
    }
    return new JsonObject(rest);
  }

  @Override
  public String toString() {
    return "JsonObject[withheld]";
  }
}
