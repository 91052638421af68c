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
  private boolean afterHighSurrogate;

  BoundedWriter(int limit) {
    this.limit = limit;
  }

  @Override
  public void write(char[] buffer, int from, int length) {
    for (int i = from; i < from + length; i++) {
      char c = buffer[i];
      if (c < 0x80) {
        bytes++;
        afterHighSurrogate = false;
      } else {
        boolean completesPair = afterHighSurrogate && Character.isLowSurrogate(c);
        bytes += c < 0x800 ? 2 : completesPair ? 1 : 3;
        afterHighSurrogate = Character.isHighSurrogate(c);
      }
    }
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
