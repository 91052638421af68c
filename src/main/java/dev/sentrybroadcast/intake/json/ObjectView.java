package dev.sentrybroadcast.intake.json;

import dev.sentrybroadcast.intake.CorrectionLog;
import dev.sentrybroadcast.intake.Limits;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object of a record, with its path and the record's {@link CorrectionLog}. A field of a wrong
 * type reads as absent, and its path goes to the log. Blank text and JSON's null read as absent.
 */
public final class ObjectView {

  private final JsonObject json;
  private final String path;
  private final CorrectionLog log;
  private final @Nullable ObjectView front;
  private final @Nullable ObjectView behind;
  private final Set<String> read = new HashSet<>();

  private ObjectView(
      JsonObject json,
      String path,
      CorrectionLog log,
      @Nullable ObjectView front,
      @Nullable ObjectView behind) {
    this.json = json;
    this.path = path;
    this.log = log;
    this.front = front;
    this.behind = behind;
  }

  /** A record; {@code path} is empty, or {@code [2]} for the third of an array. */
  public static ObjectView record(JsonObject json, String path) {
    return new ObjectView(json, path, new CorrectionLog(), null, null);
  }

  /** An object that was put together by us, with a log of its own. */
  public static ObjectView of(JsonObject json) {
    return record(json, "");
  }

  /** The field alone, with this object's path. */
  public ObjectView only(String field, JsonValue value) {
    return at(new JsonObject(Map.of(field, value)));
  }

  /** This object, with fields of another one where it has none. */
  public ObjectView over(ObjectView other) {
    if (other.isEmpty()) {
      return this;
    }
    return isEmpty() ? other : new ObjectView(json.over(other.json), path, log, this, other);
  }

  public ObjectView without(String field) {
    return at(json.without(field));
  }

  private ObjectView at(JsonObject other) {
    return new ObjectView(other, path, log, null, null);
  }

  public CorrectionLog log() {
    return log;
  }

  public JsonObject json() {
    return json;
  }

  public boolean isEmpty() {
    return json.isEmpty();
  }

  public boolean has(String field) {
    return json.has(field);
  }

  public boolean hasAny(String... fields) {
    return json.first(fields) != null;
  }

  /** Whether the field is there and not blank. */
  public boolean isGiven(String field) {
    JsonValue value = json.get(field);
    return value != null && !value.isBlank();
  }

  /** The field's value, which counts as read. Recognise a shape with {@link #has} instead. */
  public @Nullable JsonValue get(String field) {
    read.add(field);
    return json.get(field);
  }

  /** The first of the fields that is there. */
  public @Nullable JsonValue first(String... fields) {
    for (String field : fields) {
      if (has(field)) {
        return get(field);
      }
    }
    return null;
  }

  /** The fields that nothing has read so far. */
  public JsonObject unread() {
    JsonObject rest = json.without(read.toArray(String[]::new));
    return rest.isEmpty() ? JsonObject.NONE : rest;
  }

  /** The object in place of the field's value, at the field's path. */
  public ObjectView child(String field, JsonObject value) {
    read.add(field);
    return new ObjectView(value, path(field), log, null, null);
  }

  /** The path of this object; empty for the only record of a message. */
  public String path() {
    return path;
  }

  public String path(String field) {
    if (front != null && behind != null) {
      String name = field.replaceFirst("\\[.*", "");
      return (behind.has(name) && !front.has(name) ? behind : front).path(field);
    }
    return path.isEmpty() ? field : path + "." + field;
  }

  public void drop(String field) {
    log.dropped(path(field));
  }

  private <T> @Nullable T orDrop(String field, @Nullable T read) {
    if (read == null && has(field)) {
      drop(field);
    }
    return read;
  }

  /** Text that is not content, at most 1,024 characters; a number reads as its text. */
  public @Nullable String text(String field) {
    String text = id(field);
    return text == null ? null : Limits.cut(text, Limits.NAME_CHARS);
  }

  /** Like {@link #text}, but never cut: ids are hashed, and a hash is of the whole text. */
  public @Nullable String id(String field) {
    JsonValue value = get(field);
    if (value instanceof JsonValue.Text(String text)) {
      return text.isBlank() ? null : text;
    }
    return orDrop(
        field,
        value instanceof JsonValue.Numeric(String number) && !number.isEmpty() ? number : null);
  }

  /** The field's text; null, but not logged, where it has another type. */
  public @Nullable String textIfAny(String field) {
    return get(field) instanceof JsonValue.Text ? text(field) : null;
  }

  public @Nullable String firstText(String... fields) {
    for (String field : fields) {
      String text = text(field);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** A word of an enumeration. It leaves in privacy mode, so it must not be a sentence. */
  public @Nullable String word(String field) {
    String text = text(field);
    if (text != null && !Words.isWord(text)) {
      drop(field);
      return null;
    }
    return text;
  }

  /**
   * A count: the first of the fields that is positive, else 0 if one is 0. A field can be the path
   * of one in an inner object.
   */
  public @Nullable Long count(String... fields) {
    Long found = null;
    for (String field : fields) {
      int dot = field.indexOf('.');
      String outer = dot < 0 ? field : field.substring(0, dot);
      Long count = null;
      if (dot < 0) {
        count = orDrop(field, Numbers.count(get(field)));
      } else if (has(outer)) {
        count = object(outer).count(field.substring(dot + 1));
      }
      found = Numbers.firstPositive(found, count);
    }
    return found;
  }

  /** The first of the fields that is a number. */
  public @Nullable Double decimal(String... fields) {
    for (String field : fields) {
      Double decimal = orDrop(field, Numbers.decimal(get(field)));
      if (decimal != null) {
        return decimal;
      }
    }
    return null;
  }

  /** The first of the fields that is a number and not negative: money or a duration. */
  public @Nullable Double amount(String... fields) {
    for (String field : fields) {
      Double amount = decimal(field);
      if (amount != null && amount >= 0) {
        return amount;
      }
      if (amount != null) {
        drop(field);
      }
    }
    return null;
  }

  public @Nullable Boolean flag(String field) {
    JsonValue value = get(field);
    if (value instanceof JsonValue.Bool(boolean flag)) {
      return flag;
    }
    String text = JsonValue.text(value);
    boolean isTrue = "true".equalsIgnoreCase(text);
    boolean isFlag = isTrue || "false".equalsIgnoreCase(text);
    return orDrop(field, isFlag ? Boolean.valueOf(isTrue) : null);
  }

  public @Nullable Long time(String field) {
    return orDrop(field, Times.epochNanos(get(field)));
  }

  /** The field's object; an empty one where there is none. */
  public ObjectView object(String field) {
    JsonValue value = get(field);
    if (value != null && !value.isObject()) {
      drop(field);
    }
    return objectIfAny(field);
  }

  /** The field's object; an empty one, not logged, where the field has another type. */
  public ObjectView objectIfAny(String field) {
    return child(field, json.object(field));
  }

  /** The first of the fields that is an object; an empty one where there is none. */
  public ObjectView firstObject(String... fields) {
    for (String field : fields) {
      if (json.get(field) instanceof JsonObject) {
        return objectIfAny(field);
      }
    }
    return child(fields[0], JsonObject.NONE);
  }

  /** The objects of an array, at most {@code limit}; other elements are dropped. */
  public List<ObjectView> objects(String field, int limit) {
    JsonValue value = get(field);
    if (value != null && !value.isArray()) {
      drop(field);
    }
    List<JsonValue> items = JsonValue.items(value);
    List<ObjectView> objects = new ArrayList<>();
    for (int i = 0; i < Math.min(items.size(), limit); i++) {
      String name = field + "[" + i + "]";
      if (items.get(i) instanceof JsonObject item) {
        objects.add(new ObjectView(item, path(name), log, null, null));
      } else {
        drop(name);
      }
    }
    if (items.size() > limit) {
      drop(field + "[" + limit + "]");
    }
    return objects;
  }
}
