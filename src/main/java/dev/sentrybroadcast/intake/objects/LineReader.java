package dev.sentrybroadcast.intake.objects;

import dev.sentrybroadcast.intake.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads lines of bytes, of which it keeps one in memory. A line ends with LF or CR LF. */
final class LineReader {

  private final InputStream in;
  private final byte[] buffer = new byte[64 * 1024];
  private int next;
  private int limit;
  private long offset;
  private long number;

  /** From a stream whose first byte is at {@code offset} of the object, after so many lines. */
  LineReader(InputStream in, long offset, long lines) {
    this.in = in;
    this.offset = offset;
    number = lines;
  }

  /** The next line; null at the end. */
  ObjectLines.@Nullable Line next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long start = offset;
    boolean ended = false;
    while (!ended && fill()) {
      int from = next;
      while (next < limit && !ended) {
        ended = buffer[next++] == '\n';
      }
      offset += next - from;
      if (offset - start <= Limits.LINE_BYTES) {
        line.write(buffer, from, next - from - (ended ? 1 : 0));
      }
    }
    if (offset == start) {
      return null;
    }
    byte[] json = offset - start <= Limits.LINE_BYTES ? line.toByteArray() : null;
    number++;
    return new ObjectLines.Line(number, offset, json, null, json == null ? 0 : json.length);
  }

  private boolean fill() throws IOException {
    if (next == limit) {
      next = 0;
      limit = Math.max(0, in.read(buffer));
    }
    return next < limit;
  }
}
