package dev.sentrybroadcast.intake.objects;

import dev.sentrybroadcast.intake.Limits;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with an exception where an object, or an element of its array, is too large. */
final class BoundedInput extends FilterInputStream {

  /** What a parser may read ahead of the element that it parses. */
  private static final int AHEAD = 128 * 1024;

  private long left = Limits.OBJECT_BYTES;
  private long leftOfElement = Long.MAX_VALUE;

  BoundedInput(InputStream in, long offset) {
    super(in);
    left -= offset;
  }

  /**
   * It is larger than {@link Limits#OBJECT_BYTES}, or an element than {@link Limits#LINE_BYTES}.
   */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** Another element of an array begins. */
  void element() {
    leftOfElement = Limits.LINE_BYTES + (long) AHEAD;
  }

  /** How many bytes of the object were read. */
  long position() {
    return Limits.OBJECT_BYTES - left;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int read = in.read(bytes, from, length);
    if (read > 0) {
      left -= read;
      leftOfElement -= read;
      if (left < 0 || leftOfElement < 0) {
        throw new TooLargeException();
      }
    }
    return read;
  }
}
