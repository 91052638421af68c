package dev.sentrybroadcast.genai;

import java.util.Arrays;

/**
 * Writes JSON that any reader takes: lone surrogates become U+FFFD, controls are escaped. It counts
 * the bytes of what it writes, and past a limit only counts: what is cut afterwards need not be
 * written first.
 */
final class JsonBuilder {

  private static final String HEX = "0123456789abcdef";

  /** Characters looked at in one go, small enough for the processor's nearest cache. */
  private static final int CHUNK = 128;

  /** Characters that one may become. */
  private static final int MOST_ESCAPED = 6;

  private final int mostBytes;
  private char[] out;
  private int length;
  private int bytes;

  JsonBuilder() {
    this(256);
  }

  JsonBuilder(int capacity) {
    this(Integer.MAX_VALUE, capacity);
  }

  private JsonBuilder(int mostBytes, int capacity) {
    this.mostBytes = mostBytes;
    this.out = new char[capacity];
  }

  /**
   * Keeps what it writes only as long as that takes at most so many bytes.
   *
   * @param expected about how many characters it will write: what need not grow is not copied
   */
  static JsonBuilder upTo(int bytes, long expected) {
    long whole = expected + expected / 16 + CHUNK * MOST_ESCAPED;
    return new JsonBuilder(bytes, Math.clamp(whole, 0, bytes + CHUNK * MOST_ESCAPED));
  }

  /** Keeps nothing. */
  static JsonBuilder counting() {
    return new JsonBuilder(-1, 0);
  }

  /** Punctuation and literals of our own, in ASCII. */
  JsonBuilder raw(String json) {
    int size = json.length();
    if (isKept(size)) {
      reserve(size);
      json.getChars(0, size, out, length);
      length += size;
    }
    bytes += size;
    return this;
  }

  JsonBuilder raw(char json) {
    if (isKept(1)) {
      reserve(1);
      out[length++] = json;
    }
    bytes++;
    return this;
  }

  /** What another one wrote. */
  JsonBuilder raw(JsonBuilder other) {
    if (isKept(other.bytes)) {
      reserve(other.length);
      System.arraycopy(other.out, 0, out, length, other.length);
      length += other.length;
    }
    bytes += other.bytes;
    return this;
  }

  JsonBuilder number(long value) {
    return raw(Long.toString(value));
  }

  /** The text as a JSON string, in quotes. */
  JsonBuilder text(String text) {
    raw('"');
    write(text, 0, text.length(), true);
    return raw('"');
  }

  /**
   * Well-formed JSON of a producer, as it is, but for escapes of lone surrogates: strict readers
   * refuse the whole text for one of them.
   */
  JsonBuilder json(String json) {
    if (json.isBlank()) {
      return raw("null");
    }
    int done = 0;
    int escape = json.indexOf("\\u");
    while (escape >= 0) {
      int lone = SurrogateEscapes.lone(json, escape);
      if (lone > 0) {
        write(json, done, escape, false);
        raw("\\ufffd");
        done = escape + lone;
      }
      escape = json.indexOf("\\u", escape + (SurrogateEscapes.isPair(json, escape) ? 12 : 2));
    }
    write(json, done, json.length(), false);
    return this;
  }

  /** Bytes of UTF-8 of all that was written, kept or not. */
  int bytes() {
    return bytes;
  }

  /** Where this one stands, to come back to. */
  Mark mark() {
    return new Mark(length, bytes);
  }

  /** Forgets what was written since then. */
  void backTo(Mark mark) {
    length = mark.length;
    bytes = mark.bytes;
  }

  @Override
  public String toString() {
    return new String(out, 0, length);
  }

  record Mark(int length, int bytes) {}

  private boolean isKept(int more) {
    return more <= mostBytes - bytes;
  }

  private void reserve(int more) {
    if (out.length - length < more) {
      out = Arrays.copyOf(out, Math.max(length + more, 2 * out.length));
    }
  }

  private void write(String text, int from, int to, boolean escaped) {
    int at = from;
    while (at < to) {
      int end = Math.min(to, at + CHUNK);
      if (end < to && Character.isHighSurrogate(text.charAt(end - 1))) {
        end--;
      }
      // As characters of their own, since String.charAt checks and branches for each; and behind
      // the room that they may take when escaped, so that they are read before it is written.
      int most = escaped ? MOST_ESCAPED : 1;
      reserve((end - at) * most);
      int source = length + (end - at) * (most - 1);
      text.getChars(at, end, out, source);
      copy(source, source + end - at, escaped);
      at = end;
    }
  }

  /** Makes what stands there well-formed, escapes it, and adds it to what is written. */
  private void copy(int from, int to, boolean escaped) {
    char[] chars = out;
    int end = length;
    int size = 0;
    for (int i = from; i < to; i++) {
      char c = chars[i];
      if (c < 0x80) {
        if (escaped && (c < ' ' || c == '"' || c == '\\')) {
          int added = escape(c, end);
          end += added;
          size += added;
        } else {
          chars[end++] = c;
          size++;
        }
      } else if (c < 0x800) {
        chars[end++] = c;
        size += 2;
      } else if (!Character.isSurrogate(c)) {
        chars[end++] = c;
        size += 3;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < to
          && Character.isLowSurrogate(chars[i + 1])) {
        chars[end++] = c;
        chars[end++] = chars[++i];
        size += 4;
      } else {
        chars[end++] = '\uFFFD';
        size += 3;
      }
    }
    if (isKept(size)) {
      length = end;
    }
    bytes += size;
  }

  /** Writes a character that JSON escapes; returns how many characters that takes. */
  private int escape(char c, int at) {
    out[at] = '\\';
    switch (c) {
      case '"', '\\' -> out[at + 1] = c;
      case '\n' -> out[at + 1] = 'n';
      case '\r' -> out[at + 1] = 'r';
      case '\t' -> out[at + 1] = 't';
      default -> {
        out[at + 1] = 'u';
        out[at + 2] = '0';
        out[at + 3] = '0';
        out[at + 4] = HEX.charAt(c >> 4);
        out[at + 5] = HEX.charAt(c & 0xF);
        return MOST_ESCAPED;
      }
    }
    return 2;
  }

  /** How many characters an ASCII character takes in a JSON string. */
  static int escapeLength(char c) {
    if (c >= ' ') {
      return c == '"' || c == '\\' ? 2 : 1;
    }
    return c == '\n' || c == '\r' || c == '\t' ? 2 : MOST_ESCAPED;
  }
}
