package dev.sentrybroadcast.destination;

import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Redaction;
import dev.sentrybroadcast.sentry.Dsn;
import dev.sentrybroadcast.sentry.OtlpEndpoint;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where to send and by which rules: the checked content of one secret.
 *
 * @param endpoint the OTLP traces endpoint
 * @param samplingRate from 0 to 1: the share of sessions that are kept
 * @param apiKeys names of the API keys whose records are accepted; null for all
 * @param redaction of content, where privacy mode lets it leave
 */
public record Destination(
    String name,
    URI endpoint,
    Dsn dsn,
    PrivacyMode privacyMode,
    boolean issues,
    double samplingRate,
    @Nullable Set<String> apiKeys,
    boolean enabled,
    Redaction redaction) {

  public Destination {
    apiKeys = apiKeys == null ? null : Set.copyOf(apiKeys);
  }

  /** Without redaction. */
  public Destination(
      String name,
      URI endpoint,
      Dsn dsn,
      PrivacyMode privacyMode,
      boolean issues,
      double samplingRate,
      @Nullable Set<String> apiKeys,
      boolean enabled) {
    this(
        name,
        endpoint,
        dsn,
        privacyMode,
        issues,
        samplingRate,
        apiKeys,
        enabled,
        Redaction.NONE);
  }

  /**
   * Whether a record is sent here.
   *
   * @param apiKeyName the name of the record's API key, or null
   * @param samplingKey session id, else trace id, else record id
   */
  public Admission admit(@Nullable String apiKeyName, String samplingKey) {
    if (!enabled) {
      return Admission.DISABLED;
    }
    if (apiKeys != null && (apiKeyName == null || !apiKeys.contains(apiKeyName))) {
      return Admission.FILTERED;
    }
    return Sampling.keeps(samplingRate, samplingKey) ? Admission.SEND : Admission.SAMPLED_OUT;
  }

  /** The same destination under another privacy mode. */
  public Destination withPrivacyMode(PrivacyMode mode) {
    return mode == privacyMode
        ? this
        : new Destination(name, endpoint, dsn, mode, issues, samplingRate, apiKeys, enabled, redaction);
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
