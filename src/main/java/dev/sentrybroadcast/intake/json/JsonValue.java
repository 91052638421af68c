package dev.sentrybroadcast.intake.json;

import dev.sentrybroadcast.intake.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON value; immutable. {@code toString} never shows what it holds. */
public sealed interface JsonValue
    permits JsonObject,
        JsonValue.Text,
        JsonValue.Numeric,
        JsonValue.Bool,
        JsonValue.Null,
        JsonValue.Array {

  record Text(String value) implements JsonValue {
    @Override
    public String toString() {
      return "Text[withheld]";
    }
  }

  /** A number as it was written; empty if it is longer than {@link Limits#NUMBER_CHARS}. */
  record Numeric(String text) implements JsonValue {
    public Numeric {
      text = text.length() > Limits.NUMBER_CHARS ? "" : text;
    }

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
    public static final Null NULL = new Null();
  }

  record Array(List<JsonValue> items) implements JsonValue {
    @Override
    public String toString() {
      return "Array[withheld]";
    }
  }

  default boolean isText() {
    return this instanceof Text;
  }

  default boolean isObject() {
    return this instanceof JsonObject;
  }

  default boolean isArray() {
    return this instanceof Array;
  }

  /** Null, a blank text, or an array or object with nothing in it. */
  default boolean isBlank() {
    return switch (this) {
      case Text(String value) -> value.isBlank();
      case Array(var items) -> items.isEmpty();
      case JsonObject object -> object.isEmpty();
      case Null _ -> true;
      case Numeric _, Bool _ -> false;
    };
  }

  /** The text, or null if the value is not a text. */
  static @Nullable String text(@Nullable JsonValue value) {
    return value instanceof Text(String text) ? text : null;
  }

  /** The elements of an array; none if the value is not an array. */
  static List<JsonValue> items(@Nullable JsonValue value) {
    return value instanceof Array(var items) ? items : List.of();
  }
}
