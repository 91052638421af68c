package dev.sentrybroadcast.genai;

import org.jspecify.annotations.Nullable;

/** Shortens a text from the middle: its head and its tail, and between them what was left out. */
final class TextCut {

  private static final String MARKER_START = "…[";
  private static final String MARKER_END = " characters left out]…";
  private static final int MARKER_BYTES = Utf8.bytes(MARKER_START) + Utf8.bytes(MARKER_END) + 10;
  private static final int QUOTES = 2;
  private static final int PAIR_BYTES = 4;

  private TextCut() {}

  /** At most so many bytes of UTF-8; null where not even the marker fits. */
  static @Nullable String plain(String text, int bytes) {
    return cut(text, bytes, false);
  }

  /** A text whose JSON string takes at most so many bytes, quotes included; null as above. */
  static @Nullable String quoted(String text, int bytes) {
    return cut(text, bytes - QUOTES, true);
  }

  private static @Nullable String cut(String text, int bytes, boolean escaped) {
    int room = bytes - MARKER_BYTES;
    if (room < 0) {
      return null;
    }
    int length = text.length();
    int headRoom = room - room / 2;
    // A character takes at least one byte: no more than these can be kept.
    char[] first = new char[Math.min(length, headRoom + 1)];
    text.getChars(0, first.length, first, 0);
    int used = 0;
    int head = 0;
    while (head < first.length) {
      char c = first[head];
      boolean pair = Character.isSurrogate(c) && isPair(first, head);
      int cost = pair ? PAIR_BYTES : cost(c, escaped);
      if (used + cost > headRoom) {
        break;
      }
      used += cost;
      head += pair ? 2 : 1;
    }
    char[] last = new char[Math.min(length - head, room - used + 1)];
    int start = length - last.length;
    text.getChars(start, length, last, 0);
    int tail = length;
    while (tail > start) {
      char c = last[tail - start - 1];
      boolean pair = Character.isSurrogate(c) && isPair(last, tail - start - 2);
      int cost = pair ? PAIR_BYTES : cost(c, escaped);
      if (used + cost > room) {
        break;
      }
      used += cost;
      tail -= pair ? 2 : 1;
    }
    if (tail == head) {
      return text;
    }
    return new StringBuilder(head + length - tail + MARKER_BYTES)
        .append(text, 0, head)
        .append(MARKER_START)
        .append(text.codePointCount(head, tail))
        .append(MARKER_END)
        .append(text, tail, length)
        .toString();
  }

  private static boolean isPair(char[] chars, int at) {
    return at >= 0
        && at + 1 < chars.length
        && Character.isHighSurrogate(chars[at])
        && Character.isLowSurrogate(chars[at + 1]);
  }

  private static int cost(char c, boolean escaped) {
    if (c < 0x80) {
      return escaped ? JsonBuilder.escapeLength(c) : 1;
    }
    return c < 0x800 ? 2 : 3;
  }
}
