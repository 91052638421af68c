package dev.sentrybroadcast.genai;

import org.jspecify.annotations.Nullable;

/** Shortens a text from the middle: its head and its tail, and between them what was left out. */
final class TextCut {

  private static final String MARKER_START = "…[";
  private static final String MARKER_END = " characters left out]…";
  private static final int MARKER_BYTES = Utf8.bytes(MARKER_START) + Utf8.bytes(MARKER_END) + 10;
  private static final int QUOTES = 2;

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
    int headRoom = room - room / 2;
    int used = 0;
    int head = 0;
    while (head < text.length()) {
      int next = text.offsetByCodePoints(head, 1);
      int cost = cost(text, head, next, escaped);
      if (used + cost > headRoom) {
        break;
      }
      used += cost;
      head = next;
    }
    int tail = text.length();
    while (tail > head) {
      int next = text.offsetByCodePoints(tail, -1);
      int cost = cost(text, next, tail, escaped);
      if (used + cost > room) {
        break;
      }
      used += cost;
      tail = next;
    }
    if (tail == head) {
      return text;
    }
    return new StringBuilder(head + text.length() - tail + MARKER_BYTES)
        .append(text, 0, head)
        .append(MARKER_START)
        .append(text.codePointCount(head, tail))
        .append(MARKER_END)
        .append(text, tail, text.length())
        .toString();
  }

  private static int cost(String text, int from, int to, boolean escaped) {
    char c = text.charAt(from);
    if (!escaped || to - from > 1 || (c >= ' ' && c != '"' && c != '\\')) {
      return Utf8.bytes(text, from, to);
    }
    return switch (c) {
      case '"', '\\', '\n', '\r', '\t' -> 2;
      default -> 6;
    };
  }
}
