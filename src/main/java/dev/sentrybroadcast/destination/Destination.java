package dev.sentrybroadcast.destination;

import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.sentry.Dsn;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where to send, and under which rules: one secret's JSON, checked.
 *
 * @param endpoint the OTLP traces endpoint
 * @param samplingRate from 0 to 1: the share of sessions that is kept
 * @param apiKeys names of the API keys whose records are sent; null for all
 */
public record Destination(
    String name,
    URI endpoint,
    Dsn dsn,
    PrivacyMode privacyMode,
    boolean issues,
    double samplingRate,
    @Nullable Set<String> apiKeys,
    boolean enabled) {

  @Override
  public String toString() {
    return "Destination[" + name + "]";
  }
}
