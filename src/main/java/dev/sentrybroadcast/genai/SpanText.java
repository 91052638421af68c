package dev.sentrybroadcast.genai;

import org.jspecify.annotations.Nullable;

/** Makes any text fit for a span's name or for an attribute that is not content. */
final class SpanText {

  static final int NAME_CHARACTERS = 200;
  static final int ATTRIBUTE_CHARACTERS = 1_000;

  private static final char REPLACEMENT = '\uFFFD';

  private SpanText() {}

  /** One line of at most 200 characters: control characters become spaces. */
  static String name(String text) {
    return clean(text, NAME_CHARACTERS, true);
  }

  static String line(String text, int characters) {
    return clean(text, characters, true);
  }

  /** At most 1,000 characters. */
  static String attribute(String text) {
    return clean(text, ATTRIBUTE_CHARACTERS, false);
  }

  static String attribute(String text, int characters) {
    return clean(text, characters, false);
  }

  static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  /** NUL and lone surrogates never pass: they break what reads the span after us. */
  private static String clean(String text, int limit, boolean oneLine) {
    String cut = cut(text, limit);
    for (int i = 0; i < cut.length(); i++) {
      char c = cut.charAt(i);
      if (isPlain(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < cut.length()
          && Character.isLowSurrogate(cut.charAt(i + 1))) {
        i++;
      } else if (replacement(c, oneLine) != c) {
        return replaced(cut, i, oneLine);
      }
    }
    return cut;
  }

  /** Of ASCII, as nearly all text of names is: one look tells. */
  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7F;
  }

  private static String replaced(String text, int from, boolean oneLine) {
    char[] chars = text.toCharArray();
    for (int i = from; i < chars.length; i++) {
      if (Character.isHighSurrogate(chars[i])
          && i + 1 < chars.length
          && Character.isLowSurrogate(chars[i + 1])) {
        i++;
      } else {
        chars[i] = replacement(chars[i], oneLine);
      }
    }
    return new String(chars);
  }

  private static char replacement(char c, boolean oneLine) {
    if (c == 0 || Character.isSurrogate(c)) {
      return c == 0 && oneLine ? ' ' : REPLACEMENT;
    }
    return oneLine && (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') ? ' ' : c;
  }

  private static String cut(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    boolean splitsPair =
        Character.isHighSurrogate(text.charAt(limit - 1))
            && Character.isLowSurrogate(text.charAt(limit));
    return text.substring(0, splitsPair ? limit - 1 : limit);
  }
}
