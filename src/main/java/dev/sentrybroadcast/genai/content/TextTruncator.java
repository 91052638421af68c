package dev.sentrybroadcast.genai.content;

import org.jspecify.annotations.Nullable;

/**
 * Shortens a text from the middle: its head and its tail stay, and a marker between them says how
 * many characters were left out. Surrogate pairs are not split.
 */
final class TextTruncator {

  private static final String MARKER_START = "…[";
  private static final String MARKER_END = " characters left out]…";
  private static final int NUMBER_BYTES = 10;
  private static final int MARKER_BYTES =
      SpanText.utf8Bytes(MARKER_START) + NUMBER_BYTES + SpanText.utf8Bytes(MARKER_END);

  private TextTruncator() {}

  /** At most {@code bytes} of UTF-8; null where not even the marker fits. */
  static @Nullable String plain(String text, int bytes) {
    return shortened(text, bytes, false);
  }

  /** At most {@code bytes} as a JSON string, without its quotes; null where nothing fits. */
  static @Nullable String inJson(String text, int bytes) {
    return shortened(text, bytes, true);
  }

  private static @Nullable String shortened(String text, int bytes, boolean inJson) {
    int half = (bytes - MARKER_BYTES) / 2;
    if (bytes < MARKER_BYTES) {
      return null;
    }
    int head = 0;
    int tail = text.length();
    for (int used = 0; head < tail; ) {
      int c = text.codePointAt(head);
      used += inJson ? jsonBytes(c) : utf8Bytes(c);
      if (used > half) {
        break;
      }
      head += Character.charCount(c);
    }
    for (int used = 0; head < tail; ) {
      int c = text.codePointBefore(tail);
      used += inJson ? jsonBytes(c) : utf8Bytes(c);
      if (used > half) {
        break;
      }
      tail -= Character.charCount(c);
    }
    return head == tail
        ? text
        : text.substring(0, head)
            + MARKER_START
            + text.codePointCount(head, tail)
            + MARKER_END
            + text.substring(tail);
  }

  /** A lone surrogate counts as the U+FFFD it becomes. */
  private static int utf8Bytes(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    return codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  /** As Jackson writes it. */
  private static int jsonBytes(int codePoint) {
    if (codePoint > '\\') {
      return utf8Bytes(codePoint);
    }
    return switch (codePoint) {
      case '"', '\\', '\b', '\t', '\n', '\f', '\r' -> 2;
      default -> codePoint < ' ' ? 6 : utf8Bytes(codePoint);
    };
  }
}
