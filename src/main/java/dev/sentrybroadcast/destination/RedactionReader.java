package dev.sentrybroadcast.destination;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sentrybroadcast.destination.SecretFields.UnexpectedValueException;
import dev.sentrybroadcast.generation.Redaction;
import java.io.IOException;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads the field {@code redaction} of a destination's secret. */
final class RedactionReader {

  private static final String FIELD = "redaction";
  private static final String KINDS =
      Redaction.ALL.kinds().stream().map(Redaction.Kind::id).collect(joining(", "));

  private static final int MIN_KEY_BYTES = 16;
  private static final int MAX_PATTERNS = 32;
  private static final int MAX_PATTERN_CHARACTERS = 1_000;

  private final JsonParser json;
  private Set<Redaction.Kind> kinds = Redaction.ALL.kinds();
  private final Map<String, String> patterns = new LinkedHashMap<>();
  private @Nullable SecretKey key;

  private RedactionReader(JsonParser json) {
    this.json = json;
  }

  /** Reads the value that the parser stands at. */
  static Redaction read(JsonParser json) throws IOException, UnexpectedValueException {
    return switch (json.currentToken()) {
      case VALUE_TRUE -> Redaction.ALL;
      case VALUE_FALSE, VALUE_NULL -> Redaction.NONE;
      case START_OBJECT -> new RedactionReader(json).object();
      case null, default ->
          throw new UnexpectedValueException(
              FIELD, "true, or an object with \"kinds\", \"patterns\" and \"pseudonym_key\"");
    };
  }

  private Redaction object() throws IOException, UnexpectedValueException {
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      boolean isNull = json.nextToken() == JsonToken.VALUE_NULL;
      switch (name) {
        case "kinds" -> kinds = isNull ? Redaction.ALL.kinds() : kinds();
        case "patterns" -> {
          if (!isNull) {
            patterns();
          }
        }
        case "pseudonym_key" -> key = isNull ? null : key();
        // A mistyped field would leave something in that should be redacted.
        default ->
            throw new UnexpectedValueException(
                FIELD, "no other fields than \"kinds\", \"patterns\" and \"pseudonym_key\"");
      }
    }
    return new Redaction(kinds, patterns, key);
  }

  private Set<Redaction.Kind> kinds() throws IOException, UnexpectedValueException {
    Set<Redaction.Kind> read = EnumSet.noneOf(Redaction.Kind.class);
    boolean valid = json.currentToken() == JsonToken.START_ARRAY;
    while (valid && json.nextToken() != JsonToken.END_ARRAY) {
      String id = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "";
      valid =
          Redaction.ALL.kinds().stream().filter(kind -> kind.id().equals(id)).anyMatch(read::add);
    }
    if (!valid || read.isEmpty()) {
      throw new UnexpectedValueException(
          FIELD + ".kinds", "null for all, or an array of some of " + KINDS + ", each once");
    }
    return read;
  }

  private void patterns() throws IOException, UnexpectedValueException {
    boolean valid = json.currentToken() == JsonToken.START_OBJECT;
    while (valid && json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      String expression = json.nextTextValue();
      valid =
          name.matches("[a-z][a-z0-9_]{0,31}")
              && Redaction.ALL.kinds().stream().noneMatch(kind -> kind.id().equals(name))
              && patterns.size() < MAX_PATTERNS
              && !patterns.containsKey(name);
      if (valid) {
        patterns.put(name, valid(name, expression));
      }
    }
    if (!valid) {
      throw new UnexpectedValueException(
          FIELD + ".patterns",
          "an object of at most 32 RE2 expressions, each with a name of its own (1 to 32 of a-z, 0-9"
              + " and _, first a letter) that is no kind's");
    }
  }

  private static String valid(String name, @Nullable String expression)
      throws UnexpectedValueException {
    try {
      if (expression != null
          && !expression.isEmpty()
          && expression.length() <= MAX_PATTERN_CHARACTERS
          && !Pattern.matches(expression, "")) {
        return expression;
      }
    } catch (PatternSyntaxException _) {
      // Its message quotes the expression.
    }
    throw new UnexpectedValueException(
        FIELD + ".patterns." + name,
        "an RE2 expression of 1 to 1000 characters that does not match an empty text");
  }

  private SecretKey key() throws IOException, UnexpectedValueException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      try {
        byte[] bytes = Base64.getDecoder().decode(json.getText());
        if (bytes.length >= MIN_KEY_BYTES) {
          return new SecretKeySpec(bytes, "HmacSHA256");
        }
      } catch (IllegalArgumentException _) {
        // Not base64.
      }
    }
    throw new UnexpectedValueException(
        FIELD + ".pseudonym_key", "base64 of at least 16 random bytes");
  }
}
