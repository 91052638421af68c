package dev.sentrybroadcast.local;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** A request's body without its content encoding; the limit counts decompressed bytes. */
@SuppressWarnings("ArrayRecordComponent") // Bodies are compared by nobody.
sealed interface RequestBody {

  record Whole(byte[] bytes) implements RequestBody {}

  record TooLarge() implements RequestBody {}

  record Broken() implements RequestBody {}

  record UnknownEncoding() implements RequestBody {}

  static RequestBody of(HttpRequest request, int limit) {
    InputStream body = new ByteArrayInputStream(request.body());
    try {
      InputStream decoded;
      switch (request.header("content-encoding").toLowerCase(Locale.ROOT)) {
        case "gzip" -> decoded = new GZIPInputStream(body);
        case "deflate" -> decoded = new InflaterInputStream(body);
        case "", "utf-8" -> decoded = body;
        default -> {
          return new UnknownEncoding();
        }
      }
      byte[] bytes = decoded.readNBytes(limit + 1);
      return bytes.length > limit ? new TooLarge() : new Whole(bytes);
    } catch (IOException _) {
      return new Broken();
    }
  }
}
