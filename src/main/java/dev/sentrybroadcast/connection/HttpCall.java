package dev.sentrybroadcast.connection;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request, whichever way it came.
 *
 * @param path without a stage's prefix
 * @param query the parameters, decoded
 * @param contentEncoding null when the body is not encoded
 * @param body null when it did not come whole through its transfer encoding
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HttpCall(
    String method,
    String path,
    Map<String, String> query,
    @Nullable String contentType,
    @Nullable String contentEncoding,
    byte @Nullable [] body) {

  /** The largest body that is read. */
  public static final int MAX_BODY_BYTES = 1024 * 1024;

  /** A path may hold anything, a DSN for one. */
  @Override
  public String toString() {
    return "HttpCall[" + (body == null ? 0 : body.length) + " bytes]";
  }
}
