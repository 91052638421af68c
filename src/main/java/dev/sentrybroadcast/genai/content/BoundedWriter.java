package dev.sentrybroadcast.genai.content;

import java.io.Writer;

/**
 * Counts the bytes of UTF-8 that it is given, and keeps the text only while it is within a limit. A
 * lone surrogate counts as the U+FFFD that it becomes.
 */
final class BoundedWriter extends Writer {

  private final int limit;
  private final StringBuilder kept = new StringBuilder();
  private int bytes;
  private char last;

  BoundedWriter(int limit) {
    this.limit = limit;
  }

  @Override
  public void write(char[] buffer, int from, int length) {
    char previous = last;
    int written = length;
    for (int i = from; i < from + length; i++) {
      char c = buffer[i];
      if (c >= 0x80 && !Character.isSurrogatePair(previous, c)) {
        written += c < 0x800 ? 1 : 2;
      }
      previous = c;
    }
    last = previous;
    bytes += written;
    if (bytes <= limit) {
      kept.append(buffer, from, length);
    }
  }

  int bytes() {
    return bytes;
  }

  /** What was written; of no use if that took more bytes than the limit. */
  @Override
  public String toString() {
    return SpanText.clean(kept.toString());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
