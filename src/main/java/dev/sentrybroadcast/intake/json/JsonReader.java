package dev.sentrybroadcast.intake.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.sentrybroadcast.intake.Limits;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads JSON into a {@link JsonValue}. */
public final class JsonReader {

  /**
   * Accepts NaN, which Python's {@code json.dumps} writes. Does not intern names: they are the
   * producer's and would never be freed. Long numbers are dropped by {@link JsonValue.Numeric}.
   */
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Limits.NESTING_DEPTH)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Limits.TEXT_CHARS)
                  .maxNameLength(Limits.KEY_CHARS)
                  .build())
          .build();

  /** NUL, or half of a surrogate pair; UTF-8 and Sentry take neither. */
  private static final Pattern UNFIT = Pattern.compile("[\\x00\\x{d800}-\\x{dfff}]");

  private final JsonParser parser;

  private JsonReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * The one value in the text; null where there is none.
   *
   * @throws CharConversionException if the text begins like UTF-16 or UTF-32 read as UTF-8
   * @throws IOException if it is not JSON, or beyond a limit
   */
  public static @Nullable JsonValue read(String json) throws IOException {
    return read(json.getBytes(UTF_8));
  }

  /** The same of UTF-8. */
  public static @Nullable JsonValue read(byte[] bytes) throws IOException {
    // Jackson takes a NUL among the first four bytes for a sign of UTF-16 or UTF-32.
    for (int i = 0; i < Math.min(4, bytes.length); i++) {
      if (bytes[i] == 0) {
        throw new CharConversionException();
      }
    }
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return null;
      }
      JsonValue value = new JsonReader(parser).value(first);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "one value");
      }
      return value;
    }
  }

  /** The value in the text; null where it is not JSON. */
  public static @Nullable JsonValue readOrNull(String json) {
    try {
      return read(json);
    } catch (IOException _) {
      return null;
    }
  }

  /**
   * Whether a text is a sequence of {@link Elements}, and not JSON lines: it begins with an array,
   * with an object that takes several lines, or with two of them in one line.
   *
   * @param start of the text
   * @param whole whether that is all of it
   */
  public static boolean isSequence(byte[] start, boolean whole) {
    try (JsonParser parser = FACTORY.createParser(start)) {
      JsonToken first = parser.nextToken();
      int line = parser.currentLocation().getLineNr();
      if (first != JsonToken.START_OBJECT) {
        return first == JsonToken.START_ARRAY;
      }
      try {
        parser.skipChildren();
      } catch (JsonEOFException _) {
        return !whole && parser.currentLocation().getLineNr() > line;
      }
      int end = parser.currentLocation().getLineNr();
      return end > line
          || (parser.nextToken() != null && parser.currentLocation().getLineNr() == end);
    } catch (IOException _) {
      return false;
    }
  }

  /**
   * The values of a text, and in place of an array its elements; each read when it is asked for.
   */
  public static Elements elements(InputStream json) throws IOException {
    return new Elements(new JsonReader(FACTORY.createParser(json)));
  }

  /** A cursor over a sequence of values. */
  public static final class Elements {

    private final JsonReader reader;

    private Elements(JsonReader reader) {
      this.reader = reader;
    }

    /**
     * The next element; null at the end.
     *
     * @throws IOException if it is not JSON
     */
    public @Nullable JsonValue next() throws IOException {
      JsonToken token = element();
      return token == null ? null : reader.value(token);
    }

    /** Passes over the next element; false at the end. */
    public boolean skip() throws IOException {
      boolean isThere = element() != null;
      if (isThere) {
        reader.parser.skipChildren();
      }
      return isThere;
    }

    private @Nullable JsonToken element() throws IOException {
      JsonToken token = reader.parser.nextToken();
      while (token == JsonToken.END_ARRAY || (token == JsonToken.START_ARRAY && isOutermost())) {
        token = reader.parser.nextToken();
      }
      return token;
    }

    private boolean isOutermost() {
      return reader.parser.getParsingContext().getParent().inRoot();
    }
  }

  private JsonValue value(JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> new JsonValue.Text(fit(parser.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.Numeric(parser.getText());
      case VALUE_TRUE -> new JsonValue.Bool(true);
      case VALUE_FALSE -> new JsonValue.Bool(false);
      default -> JsonValue.Null.NULL;
    };
  }

  private JsonValue object() throws IOException {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = fit(parser.currentName());
      fields.put(name, value(parser.nextToken()));
    }
    return new JsonObject(fields);
  }

  private JsonValue array() throws IOException {
    List<JsonValue> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(value(token));
    }
    return new JsonValue.Array(items);
  }

  private static String fit(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || Character.isSurrogate(c)) {
        return UNFIT.matcher(text).replaceAll("\uFFFD");
      }
    }
    return text;
  }
}
