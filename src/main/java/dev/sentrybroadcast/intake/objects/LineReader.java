package dev.sentrybroadcast.intake.objects;

import dev.sentrybroadcast.intake.Limits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads lines of bytes, of which it keeps one in memory. A line ends with LF or CR LF. */
final class LineReader {

  /** Its bytes, which the first line may begin with. */
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  private final InputStream in;
  private final byte[] buffer = new byte[64 * 1024];
  private int next;
  private int limit;
  private long offset;

  /** From a stream whose first byte is at {@code offset} of the object. */
  LineReader(InputStream in, long offset) {
    this.in = in;
    this.offset = offset;
  }

  /**
   * A line.
   *
   * @param bytes without the end of the line; null if it is longer than {@link Limits#LINE_BYTES}
   * @param end where the next line begins
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Line(byte @Nullable [] bytes, long end) {

    boolean isBlank() {
      if (bytes == null) {
        return false;
      }
      for (byte each : bytes) {
        if ((each > ' ' || each < 0) && BYTE_ORDER_MARK.indexOf(each & 0xff) < 0) {
          return false;
        }
      }
      return true;
    }
  }

  /** The next line; null at the end. */
  @Nullable Line next() throws IOException {
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
    return new Line(offset - start <= Limits.LINE_BYTES ? line.toByteArray() : null, offset);
  }

  private boolean fill() throws IOException {
    if (next == limit) {
      next = 0;
      limit = Math.max(0, in.read(buffer));
    }
    return next < limit;
  }
}
