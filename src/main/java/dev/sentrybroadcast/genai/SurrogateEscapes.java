package dev.sentrybroadcast.genai;

/** Escapes of UTF-16 units in JSON that is left as it is. */
final class SurrogateEscapes {

  private SurrogateEscapes() {}

  /** The length of the escape at this backslash if it is half of no pair, else 0. */
  static int lone(String json, int backslash) {
    return isEscape(json, backslash) && isSurrogate(json, backslash) && !isPair(json, backslash)
        ? 6
        : 0;
  }

  static boolean isPair(String json, int at) {
    return isEscape(json, at)
        && Character.isHighSurrogate(unit(json, at))
        && isEscape(json, at + 6)
        && Character.isLowSurrogate(unit(json, at + 6));
  }

  private static boolean isSurrogate(String json, int at) {
    return Character.isSurrogate(unit(json, at));
  }

  /** Whether an escape of a UTF-16 unit starts here; an escaped backslash before a u does not. */
  private static boolean isEscape(String json, int at) {
    if (at + 6 > json.length() || json.charAt(at) != '\\' || json.charAt(at + 1) != 'u') {
      return false;
    }
    int backslashes = 0;
    while (at - backslashes - 1 >= 0 && json.charAt(at - backslashes - 1) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 0;
  }

  private static char unit(String json, int at) {
    int value = 0;
    for (int i = at + 2; i < at + 6; i++) {
      value = value << 4 | Math.max(0, Character.digit(json.charAt(i), 16));
    }
    return (char) value;
  }
}
