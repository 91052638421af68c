package dev.sentrybroadcast.genai.redaction;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.sentrybroadcast.generation.Redaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * Redacts each string, number and key of a JSON text. What is not redacted keeps its form, to the
 * last space.
 */
final class JsonRedaction {

  /** Long strings are read, too: {@link #isJson} skips them without a look at their length. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  /** A field that names another one: {@code {"name": "password", "value": "…"}}. */
  private static final Set<String> NAMES = Set.of("name", "key");

  private final Redactor redactor;
  private final String json;
  private final int depth;
  private final RedactionCounts counts;
  private final StringBuilder out = new StringBuilder();
  private int copied;

  JsonRedaction(Redactor redactor, String json, int depth, RedactionCounts counts) {
    this.redactor = redactor;
    this.json = json;
    this.depth = depth;
    this.counts = counts;
  }

  /** Whether all of the text is JSON. Asked first, so that no text is looked through in vain. */
  static boolean isJson(String text) {
    try (JsonParser in = FACTORY.createParser(text)) {
      JsonToken token = in.nextToken();
      while (token != null) {
        token = in.nextToken();
      }
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /** The redacted text. */
  String redacted() {
    try (JsonParser in = FACTORY.createParser(json)) {
      boolean redactsFields = redactor.redacts(Redaction.Kind.SECRET_FIELD);
      String key = null;
      // The number of open objects and arrays around a secret field.
      int secretDepth = Integer.MAX_VALUE;
      boolean isSecret = false;
      int open = 0;
      for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
        switch (token) {
          case FIELD_NAME -> {
            key = in.currentName();
            replace(in, key, redactor.text(key, null, depth, counts), /* quoted= */ true);
            isSecret = redactsFields && isSecret(in.getParsingContext(), key);
          }
          case START_OBJECT, START_ARRAY -> {
            open++;
            if (isSecret && secretDepth == Integer.MAX_VALUE && !isSchema(in, token)) {
              secretDepth = open;
            }
            isSecret = false;
            // An array's values are the key's; an object's have keys of their own.
            key = token == JsonToken.START_OBJECT ? null : key;
          }
          case END_OBJECT, END_ARRAY -> {
            if (--open < secretDepth) {
              secretDepth = Integer.MAX_VALUE;
            }
          }
          case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
            String value = in.getText();
            if (key != null
                && NAMES.contains(key)
                && in.getParsingContext().inObject()
                && SecretKeys.isSecret(value)) {
              in.getParsingContext().setCurrentValue(value);
            }
            String changed =
                isSecret || open >= secretDepth
                    ? redactor.secret(value, counts)
                    : redactor.text(value, key, depth, counts);
            replace(in, value, changed, token == JsonToken.VALUE_STRING);
            isSecret = false;
          }
          default -> isSecret = false;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return copied == 0 ? json : out.append(json, copied, json.length()).toString();
  }

  private static boolean isSecret(JsonStreamContext object, String key) {
    return SecretKeys.isSecret(key) || (key.equals("value") && object.getCurrentValue() != null);
  }

  /** A schema says what a field holds; it is no value. */
  private static boolean isSchema(JsonParser in, JsonToken token) {
    JsonStreamContext object = in.getParsingContext().getParent();
    JsonStreamContext around = object == null ? null : object.getParent();
    return token == JsonToken.START_OBJECT
        && around != null
        && "properties".equals(around.getCurrentName());
  }

  private void replace(JsonParser in, String before, String after, boolean quoted) {
    if (after.equals(before)) {
      return;
    }
    int start = (int) in.currentTokenLocation().getCharOffset();
    out.append(json, copied, start)
        .append('"')
        .append(JsonStringEncoder.getInstance().quoteAsString(after))
        .append('"');
    copied = quoted ? stringEnd(start) : start + before.length();
  }

  private int stringEnd(int start) {
    int end = start + 1;
    while (json.charAt(end) != '"') {
      end += json.charAt(end) == '\\' ? 2 : 1;
    }
    return end + 1;
  }
}
