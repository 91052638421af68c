package dev.sentrybroadcast.http;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A status with its headers, and what came of the body.
 *
 * @param headers by name in lower case, the values in the order they came in
 * @param body cut at its bound
 * @param broken why the body is not whole, though within its bound; null if it is
 * @param reusable whether the connection can carry another request
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Answer(
    int status,
    Map<String, List<String>> headers,
    byte[] body,
    @Nullable IOException broken,
    boolean reusable) {

  /**
   * The first value of a field, or null.
   *
   * @param name in lower case
   */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null ? null : values.getFirst();
  }

  @Override
  public String toString() {
    return "Answer[" + status + "]";
  }
}
