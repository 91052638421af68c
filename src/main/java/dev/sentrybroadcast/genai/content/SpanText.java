package dev.sentrybroadcast.genai.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Makes any text fit for a span: bounded, without NUL and without lone surrogates, which break
 * readers behind us. Limits are in UTF-16 units; surrogate pairs are not split.
 */
public final class SpanText {

  public static final int NAME_CHARACTERS = 200;
  public static final int ATTRIBUTE_CHARACTERS = 1_000;

  private static final int REPLACEMENT = 0xFFFD;

  private SpanText() {}

  /** One line of at most 200 characters: control characters become spaces. */
  public static String name(String text) {
    return clean(cut(text, NAME_CHARACTERS), true);
  }

  /** One line of at most {@code limit} characters. */
  public static String line(String text, int limit) {
    return clean(cut(text, limit), true);
  }

  /** At most 1,000 characters. */
  public static String attribute(String text) {
    return attribute(text, ATTRIBUTE_CHARACTERS);
  }

  public static String attribute(String text, int limit) {
    return clean(cut(text, limit));
  }

  public static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  /** The size of a clean text in UTF-8. */
  public static int utf8Bytes(String text) {
    return text.getBytes(UTF_8).length;
  }

  /** A text as a JSON string. */
  public static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  /** In full length. */
  static String clean(String text) {
    return clean(text, false);
  }

  private static String clean(String text, boolean oneLine) {
    for (int i = 0; i < text.length(); i++) {
      char plain = text.charAt(i);
      if (plain >= ' ' && plain < 0x7F) {
        continue;
      }
      int c = text.codePointAt(i);
      if (replacement(c, oneLine) != c) {
        StringBuilder clean = new StringBuilder(text.length()).append(text, 0, i);
        text.substring(i)
            .codePoints()
            .forEach(each -> clean.appendCodePoint(replacement(each, oneLine)));
        return clean.toString();
      }
      i += Character.charCount(c) - 1;
    }
    return text;
  }

  private static int replacement(int c, boolean oneLine) {
    if (oneLine && (Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
      return ' ';
    }
    boolean isLoneSurrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return c == 0 || isLoneSurrogate ? REPLACEMENT : c;
  }

  private static String cut(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    boolean splitsPair = Character.isSurrogatePair(text.charAt(limit - 1), text.charAt(limit));
    return text.substring(0, splitsPair ? limit - 1 : limit);
  }
}
