package dev.sentrybroadcast.genai;

/** Sizes in UTF-8, without encoding. */
final class Utf8 {

  /** No UTF-16 unit takes more bytes. */
  static final int MOST_BYTES_PER_CHAR = 3;

  private Utf8() {}

  /** A lone surrogate counts as the U+FFFD it becomes. */
  static int bytes(String text) {
    int bytes = 0;
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes++;
      } else if (c < 0x800) {
        bytes += 2;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        bytes += 3;
      }
    }
    return bytes;
  }

  /**
   * Whether the text takes at most so many bytes; it is counted only where its length does not
   * tell.
   */
  static boolean isWithin(String text, int bytes) {
    long length = text.length();
    return length <= bytes && (length * MOST_BYTES_PER_CHAR <= bytes || bytes(text) <= bytes);
  }
}
