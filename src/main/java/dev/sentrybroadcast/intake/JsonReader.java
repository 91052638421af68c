package dev.sentrybroadcast.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON in one pass, as far as its {@link Place} says; what that leaves is read by {@link
 * SliceReader}.
 */
final class JsonReader {

  /**
   * Python's {@code json.dumps} writes NaN for it. Names are not interned: they are the producer's
   * and would stay in the JVM for ever.
   */
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Limits.NESTING_DEPTH)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Limits.KEY_CHARS)
                  .build())
          .build();

  private final JsonParser parser;
  private final byte[] source;
  private final int start;
  private final int end;
  private final boolean escapes;

  /**
   * @param start where in the source the parser began
   * @param end of what the source has for us
   * @param escapes whether a unicode escape may be in it
   */
  private JsonReader(JsonParser parser, byte[] source, int start, int end, boolean escapes) {
    this.parser = parser;
    this.source = source;
    this.start = start;
    this.end = end;
    this.escapes = escapes;
  }

  /** The one value that is there; null where there is none. */
  static @Nullable JsonValue read(String json, Place place) throws IOException {
    return read(MessageBody.of(json), place);
  }

  /** The one value that is there; null where there is none. */
  static @Nullable JsonValue read(MessageBody json, Place place) throws IOException {
    byte[] source = json.bytes();
    int start = json.offset();
    int end = start + json.length();
    try (JsonParser parser = FACTORY.createParser(source, start, json.length())) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return null;
      }
      JsonValue value =
          new JsonReader(parser, source, start, end, json.escapes()).value(first, place);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "one value");
      }
      return value;
    }
  }

  private JsonValue value(JsonToken token, Place place) throws IOException {
    return switch (token) {
      case START_OBJECT -> members(place);
      case START_ARRAY -> elements(place);
      case VALUE_STRING -> new JsonValue.Text(text(parser.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> JsonValue.number(parser.getText());
      case VALUE_TRUE -> new JsonValue.Bool(true);
      case VALUE_FALSE -> new JsonValue.Bool(false);
      default -> JsonValue.Null.NULL;
    };
  }

  private JsonValue members(Place place) throws IOException {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = text(parser.currentName());
      JsonToken token = parser.nextToken();
      fields.put(name, field(name, token, place));
    }
    return new JsonValue.Members(fields);
  }

  private JsonValue field(String name, JsonToken token, Place place) throws IOException {
    if (token.isStructStart()) {
      Place inside = place.inside(name, token == JsonToken.START_ARRAY);
      if (inside != null) {
        return value(token, inside);
      }
      JsonValue slice = slice(token);
      parser.skipChildren();
      return slice;
    }
    return token == JsonToken.VALUE_STRING && place.leavesText(name)
        ? slice(token)
        : value(token, place);
  }

  private JsonValue slice(JsonToken token) {
    // The parser counts from where it began, which is not where the source begins.
    int offset = start + (int) parser.currentTokenLocation().getByteOffset();
    return new JsonValue.Slice(source, offset, end, token, escapes);
  }

  private JsonValue elements(Place place) throws IOException {
    List<JsonValue> items = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      items.add(value(token, place));
    }
    return new JsonValue.Elements(items);
  }

  /** Only an escape can bring NUL or half a surrogate pair; neither may reach a span. */
  private String text(String read) {
    return escapes ? WellFormed.text(read) : read;
  }
}
