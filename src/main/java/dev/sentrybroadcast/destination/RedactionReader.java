package dev.sentrybroadcast.destination;

import static java.util.stream.Collectors.joining;

import com.google.re2j.PatternSyntaxException;
import dev.sentrybroadcast.generation.Redaction;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads the field {@code redaction} of a destination's secret. */
final class RedactionReader {

  private static final String KINDS =
      Redaction.ALL.kinds().stream().map(Redaction.Kind::id).collect(joining(", "));

  private static final String PATTERNS =
      "an object of at most 32 RE2 expressions, each with a name of its own (1 to 32 of a-z, 0-9"
          + " and _, first a letter) that is no kind's";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");

  private static final int MIN_KEY_BYTES = 16;
  private static final int MAX_PATTERNS = 32;
  private static final int MAX_PATTERN_CHARACTERS = 1_000;

  private RedactionReader() {}

  /** Reads {@code true}, an array of kinds, or an object; null and false stand for none. */
  static Redaction read(SecretValue redaction) throws InvalidJsonException {
    if (redaction.isNull() || redaction.isFlag()) {
      return redaction.flag(false) ? Redaction.ALL : Redaction.NONE;
    }
    if (redaction.isArray()) {
      return new Redaction(kinds(redaction), Map.of(), null);
    }
    // A mistyped field would leave something in that should be redacted.
    redaction.allowOnly("kinds", "patterns", "pseudonym_key");
    return new Redaction(
        kinds(redaction.get("kinds")),
        patterns(redaction.get("patterns")),
        key(redaction.get("pseudonym_key")));
  }

  private static Set<Redaction.Kind> kinds(SecretValue kinds) throws InvalidJsonException {
    if (kinds.isNull()) {
      return Redaction.ALL.kinds();
    }
    String expected = "null for all, or an array of some of " + KINDS + ", each once";
    Set<Redaction.Kind> read = EnumSet.noneOf(Redaction.Kind.class);
    for (SecretValue element : kinds.elements(expected)) {
      String id = element.text();
      if (Redaction.ALL.kinds().stream()
          .filter(kind -> kind.id().equals(id))
          .noneMatch(read::add)) {
        throw kinds.expected(expected + SecretValue.unlike(id));
      }
    }
    if (read.isEmpty()) {
      throw kinds.expected(expected);
    }
    return read;
  }

  private static Map<String, String> patterns(SecretValue patterns) throws InvalidJsonException {
    Map<String, String> read = new LinkedHashMap<>();
    for (String name : patterns.fieldNames()) {
      SecretValue expression = patterns.get(name);
      if (!NAME.matcher(name).matches()
          || Redaction.ALL.kinds().stream().anyMatch(kind -> kind.id().equals(name))) {
        throw patterns.expected(PATTERNS);
      }
      if (!isValid(expression.text())) {
        throw expression.expected(
            "an RE2 expression of 1 to 1000 characters that does not match an empty text");
      }
      read.put(name, expression.text());
    }
    if (read.size() > MAX_PATTERNS || !(patterns.isObject() || patterns.isNull())) {
      throw patterns.expected(PATTERNS);
    }
    return read;
  }

  private static boolean isValid(@Nullable String expression) {
    try {
      return expression != null
          && expression.length() <= MAX_PATTERN_CHARACTERS
          && !com.google.re2j.Pattern.matches(expression, "");
    } catch (PatternSyntaxException _) {
      return false; // Its message quotes the expression.
    }
  }

  private static @Nullable SecretKey key(SecretValue key) throws InvalidJsonException {
    String text = key.text();
    try {
      byte[] bytes = text == null ? new byte[0] : Base64.getDecoder().decode(text);
      if (bytes.length >= MIN_KEY_BYTES) {
        return new SecretKeySpec(bytes, "HmacSHA256");
      }
    } catch (IllegalArgumentException _) {
      // Not base64.
    }
    if (key.isNull()) {
      return null;
    }
    throw key.expected("base64 of at least 16 random bytes");
  }
}
