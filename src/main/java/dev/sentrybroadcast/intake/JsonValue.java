package dev.sentrybroadcast.intake;

import com.fasterxml.jackson.core.JsonToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON value, or the place of one that is not read before someone asks. Never printed. */
sealed interface JsonValue {

  record Text(String value) implements JsonValue {
    @Override
    public boolean isBlank() {
      return value.isBlank();
    }

    @Override
    public String toString() {
      return "Text[withheld]";
    }
  }

  /** A number as it was written; empty where no number that long means anything. */
  record Numeric(String text) implements JsonValue {
    @Override
    public String toString() {
      return "Numeric[withheld]";
    }
  }

  record Bool(boolean value) implements JsonValue {
    @Override
    public String toString() {
      return "Bool[withheld]";
    }
  }

  record Null() implements JsonValue {
    static final Null NULL = new Null();

    @Override
    public boolean isBlank() {
      return true;
    }
  }

  /** An array. */
  record Elements(List<JsonValue> items) implements JsonValue {
    @Override
    public boolean isBlank() {
      return items.isEmpty();
    }

    @Override
    public String toString() {
      return "Elements[withheld]";
    }
  }

  /** An object; of duplicate keys the last one counts. */
  record Members(Map<String, JsonValue> fields) implements JsonValue {

    static final Members NONE = new Members(Map.of());

    /** The field's value; null where there is none or it is JSON's null. */
    @Nullable JsonValue get(String name) {
      JsonValue value = fields.get(name);
      return value instanceof Null ? null : value;
    }

    boolean has(String name) {
      return get(name) != null;
    }

    /** These fields, and those of {@code behind} that are missing or null here. */
    Members over(Members behind) {
      Map<String, JsonValue> both = new LinkedHashMap<>(behind.fields);
      for (Map.Entry<String, JsonValue> own : fields.entrySet()) {
        if (!(own.getValue() instanceof Null)) {
          both.put(own.getKey(), own.getValue());
        }
      }
      return new Members(both);
    }

    /** All fields but one. */
    Members without(String field) {
      Map<String, JsonValue> rest = new LinkedHashMap<>(fields);
      rest.remove(field);
      return new Members(rest);
    }

    /** Without a field, or with nulls alone. */
    boolean isEmpty() {
      for (JsonValue value : fields.values()) {
        if (!(value instanceof Null)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean isBlank() {
      return isEmpty();
    }

    @Override
    public String toString() {
      return "Members[withheld]";
    }
  }

  /**
   * A value that was checked to be well-formed and left where it stands, so that what is never
   * revealed is never read.
   */
  final class Slice implements JsonValue {

    private final byte[] source;
    private final int offset;
    private final int end;
    private final JsonToken first;
    private final boolean escapes;

    Slice(byte[] source, int offset, int end, JsonToken first, boolean escapes) {
      this.source = source;
      this.offset = offset;
      this.end = end;
      this.first = first;
      this.escapes = escapes;
    }

    byte[] source() {
      return source;
    }

    int offset() {
      return offset;
    }

    boolean escapes() {
      return escapes;
    }

    /** Nothing but white space between its first and its last character. */
    @Override
    public boolean isBlank() {
      byte closing =
          switch (first) {
            case START_OBJECT -> '}';
            case START_ARRAY -> ']';
            default -> '"';
          };
      int at = offset + 1;
      while (at < end && (source[at] == ' ' || (source[at] >= '\t' && source[at] <= '\r'))) {
        at++;
      }
      return at < end && source[at] == closing;
    }

    @Override
    public JsonValue read() {
      return SliceReader.read(this);
    }

    @Override
    public String toString() {
      return "Slice[withheld]";
    }
  }

  /** This value, read where it has not been yet. */
  default JsonValue read() {
    return this;
  }

  default boolean isText() {
    return this instanceof Text || isSlice(JsonToken.VALUE_STRING);
  }

  default boolean isMembers() {
    return this instanceof Members || isSlice(JsonToken.START_OBJECT);
  }

  default boolean isElements() {
    return this instanceof Elements || isSlice(JsonToken.START_ARRAY);
  }

  /** A blank text, or an array or object with nothing in it; told without reading it. */
  default boolean isBlank() {
    return false;
  }

  private boolean isSlice(JsonToken token) {
    return this instanceof Slice slice && slice.first == token;
  }

  /** A number as it was written. */
  static Numeric number(String text) {
    return new Numeric(text.length() > Limits.NUMBER_CHARS ? "" : text);
  }

  /** The text, or null if the value is none. */
  static @Nullable String text(@Nullable JsonValue value) {
    return value != null && value.read() instanceof Text text ? text.value() : null;
  }

  /** The object; an empty one if the value is none. */
  static Members members(@Nullable JsonValue value) {
    return value != null && value.isMembers() && value.read() instanceof Members members
        ? members
        : Members.NONE;
  }

  /** The array's elements; none if the value is no array. */
  static List<JsonValue> elements(@Nullable JsonValue value) {
    return value != null && value.isElements() && value.read() instanceof Elements elements
        ? elements.items()
        : List.of();
  }
}
