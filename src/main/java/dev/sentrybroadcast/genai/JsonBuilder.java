package dev.sentrybroadcast.genai;

/** Writes JSON that any reader takes: lone surrogates become U+FFFD, controls are escaped. */
final class JsonBuilder {

  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out;

  JsonBuilder() {
    this(256);
  }

  JsonBuilder(int capacity) {
    out = new StringBuilder(capacity);
  }

  /** Punctuation and literals of our own. */
  JsonBuilder raw(String json) {
    out.append(json);
    return this;
  }

  JsonBuilder raw(char json) {
    out.append(json);
    return this;
  }

  JsonBuilder number(long value) {
    out.append(value);
    return this;
  }

  /** The text as a JSON string, in quotes. */
  JsonBuilder text(String text) {
    out.append('"');
    int done = 0;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        continue;
      }
      out.append(text, done, i);
      escape(c);
      done = i + 1;
    }
    out.append(text, done, length).append('"');
    return this;
  }

  /**
   * Well-formed JSON of a producer, as it is, but for escapes of lone surrogates: strict readers
   * refuse the whole text for one of them.
   */
  JsonBuilder json(String json) {
    if (json.isBlank()) {
      out.append("null");
      return this;
    }
    int done = 0;
    int escape = json.indexOf("\\u");
    while (escape >= 0) {
      int length = loneSurrogate(json, escape);
      if (length > 0) {
        out.append(json, done, escape).append("\\ufffd");
        done = escape + length;
      }
      escape = json.indexOf("\\u", escape + (isPair(json, escape) ? 12 : 2));
    }
    out.append(json, done, json.length());
    return this;
  }

  int length() {
    return out.length();
  }

  /** Bytes of UTF-8 from a position on. */
  int utf8Bytes(int from) {
    return Utf8.bytes(out, from, out.length());
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private void escape(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (Character.isSurrogate(c)) {
          out.append('\uFFFD');
        } else {
          out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
        }
      }
    }
  }

  /** The length of the escape at this backslash if it is half of no pair, else 0. */
  private static int loneSurrogate(String json, int backslash) {
    return isEscape(json, backslash) && isSurrogate(json, backslash) && !isPair(json, backslash)
        ? 6
        : 0;
  }

  private static boolean isPair(String json, int at) {
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
