package dev.sentrybroadcast.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of a record and where it stands. A field of the wrong type is as if it were not there,
 * and its path is written down.
 */
final class Fields {

  private final JsonValue.Members members;
  private final @Nullable Fields parent;
  private final String name;
  private final int index;
  private final CorrectionLog log;
  private final @Nullable Overlay overlay;

  /** {@code index}: which element of the array of that name; −1 where it is no array. */
  private Fields(
      JsonValue.Members members,
      @Nullable Fields parent,
      String name,
      int index,
      CorrectionLog log,
      @Nullable Overlay overlay) {
    this.members = members;
    this.parent = parent;
    this.name = name;
    this.index = index;
    this.log = log;
    this.overlay = overlay;
  }

  /** A record; {@code path} is empty, or {@code [2]} for the third of an array. */
  static Fields record(JsonValue.Members members, String path) {
    return new Fields(members, null, path, -1, new CorrectionLog(), null);
  }

  /** An object of our own making that is read as if it stood where this one does. */
  Fields inPlace(String field, JsonValue value) {
    return here(new JsonValue.Members(Map.of(field, value)), null);
  }

  /** The same object with fields of another standing in where this one has none. */
  Fields over(Fields other) {
    if (other.isEmpty()) {
      return this;
    }
    if (isEmpty()) {
      return other;
    }
    return here(members.over(other.members), new Overlay(this, other));
  }

  /** This object as if it did not have the field. */
  Fields without(String field) {
    return here(members.without(field), null);
  }

  private Fields here(JsonValue.Members others, @Nullable Overlay both) {
    return new Fields(others, parent, name, index, log, both);
  }

  CorrectionLog log() {
    return log;
  }

  JsonValue.Members members() {
    return members;
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  boolean has(String field) {
    return members.has(field);
  }

  @Nullable JsonValue get(String field) {
    return members.get(field);
  }

  /** Where this object stands; empty for the one record of a message. */
  String path() {
    if (parent == null) {
      return name;
    }
    return parent.path(index < 0 ? name : name + "[" + index + "]");
  }

  String path(String field) {
    if (overlay != null) {
      return overlay.path(field);
    }
    String here = path();
    return here.isEmpty() ? field : here + "." + field;
  }

  void drop(String field) {
    log.dropped(path(field));
  }

  /** Text that is no content; a number is taken as its text. Blank is as good as absent. */
  @Nullable String text(String field) {
    JsonValue value = get(field);
    if (value == null) {
      return null;
    }
    JsonValue read = value.read();
    if (read instanceof JsonValue.Text text) {
      return text.value().isBlank() ? null : Limits.cut(text.value(), Limits.NAME_CHARS);
    }
    if (read instanceof JsonValue.Numeric number && !number.text().isEmpty()) {
      return number.text();
    }
    drop(field);
    return null;
  }

  @Nullable String firstText(String... fields) {
    for (String field : fields) {
      String text = text(field);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** A word of some enumeration: nothing that could be a sentence, for it leaves as it is. */
  @Nullable String word(String field) {
    String text = text(field);
    if (text != null && !Words.isWord(text)) {
      drop(field);
      return null;
    }
    return text;
  }

  @Nullable Long whole(String field) {
    JsonValue value = get(field);
    Long whole = value == null ? null : Numbers.whole(value);
    if (value != null && whole == null) {
      drop(field);
    }
    return whole;
  }

  /**
   * The first of the fields that is a whole number, not negative, and not so large that sums of it
   * would overflow: a count.
   */
  @Nullable Long count(String... fields) {
    for (String field : fields) {
      Long count = whole(field);
      if (count != null && count >= 0 && count <= Numbers.EXACT_IN_DOUBLES) {
        return count;
      }
      if (count != null) {
        drop(field);
      }
    }
    return null;
  }

  @Nullable Double decimal(String field) {
    JsonValue value = get(field);
    Double decimal = value == null ? null : Numbers.decimal(value);
    if (value != null && decimal == null) {
      drop(field);
    }
    return decimal;
  }

  /** The first of the fields that is a number and not negative: an amount of money or time. */
  @Nullable Double amount(String... fields) {
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

  @Nullable Boolean flag(String field) {
    JsonValue value = get(field);
    if (value == null) {
      return null;
    }
    JsonValue read = value.read();
    if (read instanceof JsonValue.Bool bool) {
      return bool.value();
    }
    if (read instanceof JsonValue.Text text
        && (text.value().equalsIgnoreCase("true") || text.value().equalsIgnoreCase("false"))) {
      return text.value().equalsIgnoreCase("true");
    }
    drop(field);
    return null;
  }

  /** The object; an empty one where there is none. */
  Fields object(String field) {
    JsonValue value = get(field);
    if (value != null && !value.isMembers()) {
      drop(field);
    }
    return objectIfAny(field);
  }

  /** The object where the field is one, else an empty one: other types mean something else. */
  Fields objectIfAny(String field) {
    JsonValue value = get(field);
    return new Fields(JsonValue.members(value), this, field, -1, log, null);
  }

  /** The objects of an array, at most {@code limit}; what is no object is dropped. */
  List<Fields> objects(String field, int limit) {
    JsonValue value = get(field);
    if (value == null) {
      return List.of();
    }
    if (!value.isElements()) {
      drop(field);
    }
    List<JsonValue> elements = JsonValue.elements(value);
    List<Fields> objects = new ArrayList<>(Math.min(elements.size(), limit));
    for (int i = 0; i < elements.size(); i++) {
      if (i == limit) {
        drop(field + "[" + i + "]");
        break;
      }
      if (elements.get(i).isMembers()) {
        objects.add(new Fields(JsonValue.members(elements.get(i)), this, field, i, log, null));
      } else {
        drop(field + "[" + i + "]");
      }
    }
    return objects;
  }
}
