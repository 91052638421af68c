package dev.sentrybroadcast.destination;

import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Redaction;
import dev.sentrybroadcast.sentry.Dsn;
import dev.sentrybroadcast.sentry.OtlpEndpoint;
import java.net.URI;
import java.util.List;

/**
 * Where to send and by which rules: the checked content of one secret.
 *
 * @param endpoint the OTLP traces endpoint
 * @param redaction of content, where privacy mode lets it leave
 * @param rules which records it gets
 */
public record Destination(
    String name,
    URI endpoint,
    Dsn dsn,
    PrivacyMode privacyMode,
    boolean issues,
    Redaction redaction,
    RecordRules rules) {

  /** The same destination under another privacy mode. */
  public Destination withPrivacyMode(PrivacyMode mode) {
    return new Destination(name, endpoint, dsn, mode, issues, redaction, rules);
  }

  /** What looks wrong but can be tried, without the key; empty if nothing does. */
  public List<String> warnings() {
    return OtlpEndpoint.warnings(endpoint, dsn);
  }

  @Override
  public String toString() {
    return "Destination[" + name + "]";
  }
}
