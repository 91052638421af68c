package dev.sentrybroadcast.genai;

/** Sizes in UTF-8, without encoding. */
final class Utf8 {

  /** No UTF-16 unit takes more bytes. */
  static final int MOST_BYTES_PER_CHAR = 3;

  private Utf8() {}

  static int bytes(CharSequence text) {
    return bytes(text, 0, text.length());
  }

  /** A lone surrogate counts as the U+FFFD it becomes. */
  static int bytes(CharSequence text, int from, int to) {
    int bytes = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes++;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < to
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        bytes += 3;
      }
    }
    return bytes;
  }
}
