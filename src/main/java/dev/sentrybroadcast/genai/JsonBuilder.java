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
  private static final int CHUNK = 4096;

  private final int mostBytes;
  private char[] out;
  private int length;
  private int bytes;
  private int extra;

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

  /** Keeps what it writes only as long as that takes at most so many bytes. */
  static JsonBuilder upTo(int bytes) {
    return new JsonBuilder(bytes, Math.clamp(bytes, 0, 1024));
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

  /** Whether all that was written is kept. */
  boolean isWhole() {
    return bytes <= mostBytes;
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
      // As characters of their own: String.charAt checks and branches for each.
      reserve(end - at);
      text.getChars(at, end, out, length);
      int size = size(length, length + end - at, escaped);
      if (isKept(size)) {
        length += end - at;
        if (extra > 0) {
          escape();
        }
      }
      bytes += size;
      at = end;
    }
  }

  /** Bytes of what stands there, which becomes well-formed, and how many escapes add to it. */
  private int size(int from, int to, boolean escaped) {
    char[] chars = out;
    int size = to - from;
    int added = 0;
    for (int i = from; i < to; i++) {
      char c = chars[i];
      if (c < 0x80) {
        if (escaped && (c < ' ' || c == '"' || c == '\\')) {
          added += escapeLength(c) - 1;
        }
      } else if (c < 0x800) {
        size++;
      } else if (!Character.isSurrogate(c)) {
        size += 2;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < to
          && Character.isLowSurrogate(chars[i + 1])) {
        size += 2;
        i++;
      } else {
        chars[i] = '\uFFFD';
        size += 2;
      }
    }
    extra = added;
    return size + added;
  }

  /** Makes room for the escapes in what was written last, from behind. */
  private void escape() {
    reserve(extra);
    char[] chars = out;
    int to = length + extra;
    for (int i = length - 1; to > i + 1; i--) {
      char c = chars[i];
      if (c >= ' ' && c != '"' && c != '\\') {
        chars[--to] = c;
        continue;
      }
      switch (c) {
        case '"', '\\' -> chars[--to] = c;
        case '\n' -> chars[--to] = 'n';
        case '\r' -> chars[--to] = 'r';
        case '\t' -> chars[--to] = 't';
        default -> {
          chars[--to] = HEX.charAt(c & 0xF);
          chars[--to] = HEX.charAt(c >> 4);
          chars[--to] = '0';
          chars[--to] = '0';
          chars[--to] = 'u';
        }
      }
      chars[--to] = '\\';
    }
    length += extra;
  }

  /** How many characters an ASCII character takes in a JSON string. */
  static int escapeLength(char c) {
    return switch (c) {
      case '"', '\\', '\n', '\r', '\t' -> 2;
      default -> c < ' ' ? 6 : 1;
    };
  }
}
