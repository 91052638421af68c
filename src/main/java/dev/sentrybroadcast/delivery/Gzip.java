package dev.sentrybroadcast.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses a request body. */
final class Gzip {

  private static final int BUFFER_BYTES = 16 * 1024;

  private Gzip() {}

  /** Writes a body. */
  @FunctionalInterface
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  static byte[] compress(Body body) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(BUFFER_BYTES);
    try (OutputStream out = new FastGzip(compressed)) {
      body.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  /** Level 1 is four times as fast as level 6 on real text, for a quarter more bytes. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
