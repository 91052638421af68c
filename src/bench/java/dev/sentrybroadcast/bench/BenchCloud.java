package dev.sentrybroadcast.bench;

import dev.sentrybroadcast.local.LocalSecrets;
import java.util.Map;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** What a function calls, on loopback: secrets, and a sink for its spans. */
final class BenchCloud implements AutoCloseable {

  private static final String PREFIX = "bench/";

  final Sink sink = new Sink();
  private final LocalSecrets secrets = LocalSecrets.start();

  /** With the default destination, and {@code d0}, {@code d1}, … */
  BenchCloud(boolean privacy, int destinations) {
    secrets.put(PREFIX + "default", destination(0, privacy));
    for (int i = 0; i < destinations; i++) {
      secrets.put(PREFIX + "d" + i, destination(i + 1, privacy));
    }
  }

  BenchCloud(boolean privacy) {
    this(privacy, 0);
  }

  private String destination(int project, boolean privacy) {
    String origin = sink.origin();
    return """
    {"endpoint": "%s/api/%d/integration/otlp/v1/traces", "dsn": "%s/%d", "privacy_mode": %b}\
    """
        .formatted(
            origin,
            project + 1,
            origin.replace("://", "://" + "a".repeat(32) + "@"),
            project + 1,
            privacy);
  }

  SecretsManagerClient secretsManager() {
    return secrets.client();
  }

  /** The variables that lead a function here. */
  Map<String, String> environment() {
    return Map.of(
        "DESTINATION_SECRET_PREFIX",
        PREFIX,
        "ALLOWED_ENDPOINT_HOSTS",
        sink.origin(),
        "STOCK_SECRET",
        PREFIX + "default",
        "AWS_REGION",
        "us-east-1",
        "AWS_ENDPOINT_URL_SECRETS_MANAGER",
        secrets.endpoint().toString(),
        "AWS_ACCESS_KEY_ID",
        "local",
        "AWS_SECRET_ACCESS_KEY",
        "local");
  }

  @Override
  public void close() {
    sink.close();
    secrets.close();
  }
}
