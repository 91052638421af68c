package dev.sentrybroadcast.function;

import dev.sentrybroadcast.destination.AwsCalls;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The bytes of an object, read in blocks. Each block has the time limit of a call, because the
 * SDK's own ends with the headers of the response.
 */
final class S3Input extends InputStream {

  private static final int BLOCK = 256 * 1024;

  private final ResponseInputStream<?> in;
  private final AwsCalls calls;
  private long left;
  private byte[] block = new byte[0];
  private int next;
  private boolean isGivenUp;

  /** {@code length}: how many bytes must come. */
  S3Input(ResponseInputStream<?> in, long length, AwsCalls calls) {
    this.in = in;
    this.calls = calls;
    left = length;
  }

  @Override
  public int read() throws IOException {
    return fill() ? block[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int read = Math.min(length, block.length - next);
    System.arraycopy(block, next, bytes, from, read);
    next += read;
    return read;
  }

  /** Positive until the end: gzip asks for it between its members. */
  @Override
  public int available() throws IOException {
    return fill() ? block.length - next : 0;
  }

  private boolean fill() throws IOException {
    if (next < block.length) {
      return true;
    }
    if (left == 0) {
      return false;
    }
    int wanted = (int) Math.min(BLOCK, left);
    try {
      block = calls.run(() -> readBlock(wanted));
    } catch (SdkException e) {
      isGivenUp = true;
      throw new IOException("S3: " + AwsCalls.kind(e), e);
    } catch (UncheckedIOException e) {
      throw new IOException("S3: the connection broke", e);
    }
    next = 0;
    left -= block.length;
    if (block.length < wanted) {
      throw new EOFException();
    }
    return true;
  }

  private byte[] readBlock(int wanted) {
    try {
      return in.readNBytes(wanted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Does not wait for what was not read. A read that was given up holds the lock of the JDK's
   * stream until a byte comes, so another thread waits for it.
   */
  @Override
  public void close() {
    if (isGivenUp) {
      Thread.ofPlatform().daemon().name("s3-abort").start(in::abort);
    } else {
      in.abort();
    }
  }
}
