package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.sentry.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The response to an {@link HttpCall}.
 *
 * @param allow the methods that the path takes, with status 405; else null
 * @param body JSON; that of a preview may hold content, so it must not be logged
 */
public record HttpReply(int status, String contentType, @Nullable String allow, String body) {

  static HttpReply json(int status, Map<String, ?> fields) {
    return new HttpReply(status, "application/json", null, Json.of(fields));
  }

  @Override
  public String toString() {
    return "HttpReply[" + status + "]";
  }
}
