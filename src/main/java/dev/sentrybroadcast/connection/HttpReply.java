package dev.sentrybroadcast.connection;

import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param allow the methods that the path takes, of a 405; else null
 * @param body JSON; a preview's may hold content: it is for the caller, and no log
 */
public record HttpReply(int status, String contentType, @Nullable String allow, String body) {

  static HttpReply json(int status, String body) {
    return new HttpReply(status, "application/json", null, body);
  }

  @Override
  public String toString() {
    return "HttpReply[" + status + "]";
  }
}
