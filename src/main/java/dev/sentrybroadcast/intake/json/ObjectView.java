package dev.sentrybroadcast.intake.json;

import dev.sentrybroadcast.intake.CorrectionLog;
import dev.sentrybroadcast.intake.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An object of a record, with its path and the record's {@link CorrectionLog}. A field of a wrong
 * type reads as absent, and its path goes to the log. Blank text and JSON's null read as absent.
 */
public final class ObjectView {

  private final JsonObject json;
  private final String path;
  private final CorrectionLog log;
  private final List<ObjectView> layers;
  private final List<String> read = new ArrayList<>();

  private ObjectView(JsonObject json, String path, CorrectionLog log, ObjectView... layers) {
    this.json = json;
    this.path = path;
    this.log = log;
    this.layers = List.of(layers);
  }

  /** A record; {@code path} is empty, or {@code [2]} for the third of an array. */
  public static ObjectView record(JsonObject json, String path) {
    return new ObjectView(json, path, new CorrectionLog());
  }

  /** An object that was put together by us, with a log of its own. */
  public static ObjectView of(JsonObject json) {
    return record(json, "");
  }

  /** The field alone, with this object's path. */
  public ObjectView only(String field, JsonValue value) {
    return new ObjectView(new JsonObject(Map.of(field, value)), path, log);
  }

  /** This object, with fields of another one where it has none. */
  public ObjectView over(ObjectView other) {
    return other.isEmpty()
        ? this
        : isEmpty() ? other : new ObjectView(json.over(other.json), path, log, this, other);
  }

  public ObjectView without(String field) {
    return new ObjectView(json.without(field), path, log);
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
    return firstOf(field -> has(field) ? get(field) : null, fields);
  }

  /** The fields that nothing has read so far. */
  public JsonObject unread() {
    JsonObject rest = json.without(read.toArray(String[]::new));
    return rest.isEmpty() ? JsonObject.NONE : rest;
  }

  /** The object in place of the field's value, at the field's path. */
  public ObjectView child(String field, JsonObject value) {
    read.add(field);
    return new ObjectView(value, path(field), log);
  }

  /** The path of this object; empty for the only record of a message. */
  public String path() {
    return path;
  }

  public String path(String field) {
    if (layers.isEmpty()) {
      return path.isEmpty() ? field : path + "." + field;
    }
    String name = field.replaceFirst("\\[.*", "");
    ObjectView front = layers.getFirst();
    return layers.stream().filter(at -> at.has(name)).findFirst().orElse(front).path(field);
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

  private static <T> @Nullable T firstOf(Function<String, @Nullable T> read, String... fields) {
    for (String field : fields) {
      T value = read.apply(field);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** Text that is not content, at most 1,024 characters; a number reads as its text. */
  public @Nullable String text(String field) {
    String text = id(field);
    return text == null ? null : Limits.cut(text, Limits.NAME_CHARS);
  }

  /** Like {@link #text}, but never cut: ids are hashed, and a hash is of the whole text. */
  public @Nullable String id(String field) {
    return switch (get(field)) {
      case JsonValue.Text(String text) -> text.isBlank() ? null : text;
      case JsonValue.Numeric(String number) when !number.isEmpty() -> number;
      case null, default -> orDrop(field, null);
    };
  }

  /** The field's text; null, but not logged, where it has another type. */
  public @Nullable String textIfAny(String field) {
    return get(field) instanceof JsonValue.Text ? text(field) : null;
  }

  public @Nullable String firstText(String... fields) {
    return firstOf(this::text, fields);
  }

  /** A word of an enumeration. It leaves in privacy mode, so it must not be a sentence. */
  public @Nullable String word(String field) {
    String text = text(field);
    return text == null || Words.isWord(text) ? text : orDrop(field, null);
  }

  /** The first positive count of the fields, or of paths of inner fields; else 0 if one is 0. */
  public @Nullable Long count(String... fields) {
    Long found = null;
    for (String field : fields) {
      found = Numbers.firstPositive(found, countAt(field));
    }
    return found;
  }

  private @Nullable Long countAt(String path) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return orDrop(path, Numbers.count(get(path)));
    }
    String outer = path.substring(0, dot);
    return has(outer) ? object(outer).count(path.substring(dot + 1)) : null;
  }

  /** The first of the fields that is a number. */
  public @Nullable Double decimal(String... fields) {
    return firstOf(field -> orDrop(field, Numbers.decimal(get(field))), fields);
  }

  /** The first of the fields that is a number and not negative: money or a duration. */
  public @Nullable Double amount(String... fields) {
    return firstOf(field -> orDrop(field, Numbers.amount(get(field))), fields);
  }

  public @Nullable Boolean flag(String field) {
    return orDrop(field, Words.flag(get(field)));
  }

  public @Nullable Long time(String field) {
    return orDrop(field, Times.epochNanos(get(field)));
  }

  /** The field's object; an empty one where there is none. */
  public ObjectView object(String field) {
    JsonObject value = orDrop(field, get(field) instanceof JsonObject object ? object : null);
    return child(field, JsonObject.of(value));
  }

  /** The field's object; an empty one, not logged, where the field has another type. */
  public ObjectView objectIfAny(String field) {
    return child(field, json.object(field));
  }

  /** The first of the fields that is an object; an empty one where there is none. */
  public ObjectView firstObject(String... fields) {
    String found = firstOf(field -> json.get(field) instanceof JsonObject ? field : null, fields);
    return objectIfAny(found == null ? fields[0] : found);
  }

  /** The objects of an array, at most {@code limit}; other elements are dropped. */
  public List<ObjectView> objects(String field, int limit) {
    JsonValue array = orDrop(field, get(field) instanceof JsonValue.Array all ? all : null);
    List<JsonValue> items = JsonValue.items(array);
    List<ObjectView> objects = new ArrayList<>();
    for (int i = 0; i < Math.min(items.size(), limit); i++) {
      String name = field + "[" + i + "]";
      if (items.get(i) instanceof JsonObject item) {
        objects.add(new ObjectView(item, path(name), log));
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
