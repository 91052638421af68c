package dev.sentrybroadcast.destination;

/** Secrets' texts for tests. */
final class SecretJson {

  private SecretJson() {}

  /** A usable secret whose DSN has this public key. */
  static String json(String key) {
    return json(key, "");
  }

  /**
   * The same with more fields.
   *
   * @param more as {@code ,"issues":true}
   */
  static String json(String key, String more) {
    return "{\"endpoint\":\"https://o1.ingest.sentry.io/api/456/integration/otlp/v1/traces\","
        + "\"dsn\":\"https://"
        + key
        + "@o1.ingest.sentry.io/456\""
        + more
        + "}";
  }
}
