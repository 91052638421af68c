package dev.sentrybroadcast.delivery;

import org.jspecify.annotations.Nullable;

/** What an operator should check when Sentry refuses a destination's requests. */
final class Advice {

  private Advice() {}

  /** For a redirect, or a 4xx that is not about the key. */
  static String onRefusal(int status) {
    if (status < 400) {
      return "the endpoint redirects, and no redirect is followed: check its URL";
    }
    return switch (status) {
      case 400 -> "check the project id in the endpoint and the DSN";
      case 404, 405 -> "check the endpoint's host and path";
      case 415 -> "the endpoint does not take OTLP as protobuf: check its path";
      default -> "check the endpoint";
    };
  }

  /**
   * For a 401 or 403.
   *
   * @param hint Sentry's own reason, where it is known
   */
  static String onRefusedKey(int status, @Nullable String hint) {
    String reason = hint == null ? "" : " (" + hint + ")";
    return "HTTP "
        + status
        + reason
        + ": check that the DSN's key and project exist and are enabled";
  }
}
