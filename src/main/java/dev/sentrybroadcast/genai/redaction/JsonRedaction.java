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
import org.jspecify.annotations.Nullable;

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

  /**
   * A value that stands before its name: {@code {"value": "…", "name": "password"}}.
   *
   * @param start in the JSON
   * @param written where it begins in what is written
   */
  private record Early(String value, int start, int end, int written, int writtenEnd) {}

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
            String plain = token == JsonToken.VALUE_NUMBER_FLOAT ? Digits.whole(value) : value;
            isSecret |= open >= secretDepth || (redactsFields && isNamed(in, value));
            String changed =
                isSecret
                    ? redactor.secret(value, counts)
                    : redactor.text(plain, key, depth, counts);
            boolean isString = token == JsonToken.VALUE_STRING;
            boolean isEarly = redactsFields && !isSecret && isEarly(in, key);
            int start = isEarly ? start(in) : 0;
            int written = out.length() + start - copied;
            replace(in, value, changed.equals(plain) ? value : changed, isString);
            if (isEarly) {
              int end = isString ? stringEnd(start) : start + value.length();
              int length = out.length() > written ? out.length() - written : end - start;
              in.getParsingContext()
                  .setCurrentValue(new Early(value, start, end, written, written + length));
            } else if (redactsFields && isString) {
              name(in.getParsingContext(), key, value);
            }
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
    return SecretKeys.isSecret(key)
        || (key.equalsIgnoreCase("value") && object.getCurrentValue() instanceof String);
  }

  /** Whether an array has the name of a secret before this value. */
  private static boolean isNamed(JsonParser in, String value) {
    JsonStreamContext array = in.getParsingContext();
    return array.inArray()
        && array.getCurrentValue() instanceof String name
        && PairedSecrets.isOfKey(name, value);
  }

  /** Whether it is a value whose name may follow. */
  private static boolean isEarly(JsonParser in, @Nullable String key) {
    JsonStreamContext object = in.getParsingContext();
    return object.inObject() && "value".equalsIgnoreCase(key) && object.getCurrentValue() == null;
  }

  /** Takes a text as the name of what follows in the array or object, or has come in it. */
  private void name(JsonStreamContext around, @Nullable String key, String value) {
    boolean isName =
        (around.inArray() || "name".equalsIgnoreCase(key) || "key".equalsIgnoreCase(key))
            && SecretKeys.isSecret(value);
    if (isName && around.getCurrentValue() instanceof Early early) {
      redact(early);
    }
    if (isName || around.inArray()) {
      around.setCurrentValue(isName ? value : null);
    }
  }

  private void redact(Early early) {
    String after = redactor.secret(early.value, counts);
    if (after.equals(early.value)) {
      return;
    }
    if (out.length() > early.written) {
      out.replace(early.written, early.writtenEnd, quoted(after));
    } else {
      out.append(json, copied, early.start).append(quoted(after));
      copied = early.end;
    }
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
    int start = start(in);
    out.append(json, copied, start).append(quoted(after));
    copied = quoted ? stringEnd(start) : start + before.length();
  }

  private static int start(JsonParser in) {
    return (int) in.currentTokenLocation().getCharOffset();
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private int stringEnd(int start) {
    int end = start + 1;
    while (json.charAt(end) != '"') {
      end += json.charAt(end) == '\\' ? 2 : 1;
    }
    return end + 1;
  }
}
