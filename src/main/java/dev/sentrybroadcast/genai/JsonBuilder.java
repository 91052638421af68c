package dev.sentrybroadcast.genai;

import java.util.Arrays;

/**
 * Writes JSON that any reader takes: lone surrogates become U+FFFD, controls are escaped. It counts
 * the bytes of what it writes, and past a limit only counts: what is cut afterwards need not be
 * written first.
 */
final class JsonBuilder {

  /** Characters looked at in one go, small enough for the processor's nearest cache. */
  private static final int CHUNK = 128;

  /** Of a short text, most of whose memory the room for a longer one would be. */
  private static final int SHORT_CHUNK = 32;

  private static final int SHORT_BYTES = 1_000;

  /** For each character that is looked at: its own room, and that of what it may become. */
  private static final int ROOM = JsonCharacters.MOST_ESCAPED + 1;

  private final int mostBytes;
  private final int chunk;
  private char[] out;
  private int length;
  private int bytes;

  JsonBuilder() {
    this(Integer.MAX_VALUE, SHORT_CHUNK, 64 + SHORT_CHUNK * ROOM);
  }

  private JsonBuilder(int mostBytes, int chunk, int capacity) {
    this.mostBytes = mostBytes;
    this.chunk = chunk;
    this.out = new char[capacity];
  }

  /** With room for so many bytes. */
  static JsonBuilder of(int bytes) {
    int chunk = chunk(bytes);
    return new JsonBuilder(Integer.MAX_VALUE, chunk, bytes + chunk * ROOM);
  }

  /**
   * Keeps what it writes only as long as that takes at most so many bytes.
   *
   * @param least how many bytes it will write at least: nothing is kept if these are too many, and
   *     what need not grow is not copied
   */
  static JsonBuilder upTo(int bytes, long least) {
    if (least > bytes) {
      return counting();
    }
    int chunk = chunk(least);
    int room = chunk * ROOM;
    long whole = least + least / 16 + room;
    return new JsonBuilder(bytes, chunk, Math.clamp(whole, 0, bytes + room));
  }

  /** Keeps nothing. */
  static JsonBuilder counting() {
    return new JsonBuilder(-1, CHUNK, 0);
  }

  private static int chunk(long bytes) {
    return bytes < SHORT_BYTES ? SHORT_CHUNK : CHUNK;
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

  JsonBuilder number(long value) {
    return raw(Long.toString(value));
  }

  /** The text as a JSON string, in quotes. */
  JsonBuilder text(String text) {
    return raw('"').text(text, 0, text.length()).raw('"');
  }

  /** A part of a JSON string, without quotes; no end of it stands within a surrogate pair. */
  JsonBuilder text(String text, int from, int to) {
    write(text, from, to, true);
    return this;
  }

  /** A part of a text as it is, but for lone surrogates. */
  JsonBuilder plain(String text, int from, int to) {
    write(text, from, to, false);
    return this;
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

  /** No more bytes than {@link #json} writes of it. */
  static long leastBytes(String json) {
    return json.isBlank() ? 0 : json.length();
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

  /** Punctuation and words of our own, in ASCII, before what was written since then. */
  void insert(Mark mark, String json) {
    int size = json.length();
    reserve(size);
    System.arraycopy(out, mark.length, out, mark.length + size, length - mark.length);
    json.getChars(0, size, out, mark.length);
    length += size;
    bytes += size;
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
      int end = Math.min(to, at + chunk);
      if (end < to && Character.isHighSurrogate(text.charAt(end - 1))) {
        end--;
      }
      // As characters of their own, since String.charAt checks and branches for each; and behind
      // the room that they may take when escaped, so that they are read before it is written.
      int count = end - at;
      reserve(count * ROOM);
      int source = length + count * JsonCharacters.MOST_ESCAPED;
      text.getChars(at, end, out, source);
      add(source, source + count, escaped);
      at = end;
    }
  }

  /** Makes what stands there well-formed, escapes it, and adds it to what is written. */
  private void add(int from, int to, boolean escaped) {
    char[] chars = out;
    int end = length;
    int size = 0;
    int i = from;
    while (i < to) {
      int four =
          i + 4 <= to ? JsonCharacters.sizeOfFour(chars, i, escaped) : JsonCharacters.SPECIAL;
      if (four < JsonCharacters.SPECIAL) {
        chars[end] = chars[i];
        chars[end + 1] = chars[i + 1];
        chars[end + 2] = chars[i + 2];
        chars[end + 3] = chars[i + 3];
        size += four;
        i += 4;
        end += 4;
        continue;
      }
      int stop = Math.min(to, i + 4);
      while (i < stop) {
        char c = chars[i];
        int one = JsonCharacters.size(c, escaped);
        if (one < JsonCharacters.SPECIAL) {
          chars[end++] = c;
          size += one;
        } else if (c < 0x80) {
          int taken = JsonCharacters.escape(c, chars, end);
          end += taken;
          size += taken;
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
        i++;
      }
    }
    if (isKept(size)) {
      length = end;
    }
    bytes += size;
  }
}
