package dev.sentrybroadcast.connection;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request to the connection function.
 *
 * @param path without a stage's prefix
 * @param query the parameters, decoded
 * @param contentEncoding null when the body is not encoded
 * @param body null when it is not the base64 that it is said to be
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

  /** Without the path, which may hold anything, for example a DSN. */
  @Override
  public String toString() {
    return "HttpCall[" + (body == null ? 0 : body.length) + " bytes]";
  }
}
