package dev.sentrybroadcast.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.destination.AwsCalls;
import dev.sentrybroadcast.destination.SecretsManagerStore;
import dev.sentrybroadcast.destination.WritableSecretStore;
import dev.sentrybroadcast.genai.GenerationSpans;
import dev.sentrybroadcast.intake.RecordDecoder;
import dev.sentrybroadcast.local.LocalSecrets;
import dev.sentrybroadcast.local.SentryStandIn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Saves through the real adapter, to a look-alike of Secrets Manager on loopback. */
abstract class SaveScene {

  static final String SECRET = "sentry-broadcast/default";
  static final String OLD = "a".repeat(32);
  static final String NEW = "b".repeat(32);
  static final String REFUSED = "c".repeat(32);

  final SentryStandIn sentry = SentryStandIn.start();
  final LocalSecrets secrets = LocalSecrets.start();
  final SecretsManagerClient client = secrets.client();
  final WritableSecretStore vault =
      new SecretsManagerStore(client, new AwsCalls(() -> Duration.ofSeconds(6)));

  @BeforeEach
  void allowKeys() {
    sentry.allow(OLD, "456");
    sentry.allow(NEW, "456");
  }

  @AfterEach
  void stop() {
    client.close();
    secrets.close();
    sentry.close();
  }

  HttpReply put(WritableSecretStore to, String body) {
    return put(to, "default", body, new Worlds().world());
  }

  HttpReply put(WritableSecretStore to, String name, String body, ConnectionTest.World world) {
    return call(to, "PUT", "/destinations/" + name, body, world);
  }

  HttpReply call(
      WritableSecretStore to, String method, String path, String body, ConnectionTest.World world) {
    return call(to, method, path, Map.of(), body, world);
  }

  HttpReply call(
      WritableSecretStore to,
      String method,
      String path,
      Map<String, String> query,
      String body,
      ConnectionTest.World world) {
    return new ConnectionApi(
            Worlds.allowing(sentry.origin()),
            to,
            new RecordDecoder(),
            new GenerationSpans("checkout", "1.2.3"),
            world)
        .answer(
            new HttpCall(
                method,
                path,
                query,
                "application/json",
                null,
                body.getBytes(StandardCharsets.UTF_8)));
  }

  /** As the destination says. */
  HttpReply preview(String record) {
    return call(
        vault, "POST", "/preview", Map.of("destination", "default"), record, new Worlds().world());
  }

  HttpReply get() {
    return call(vault, "GET", "/destinations/default", "", new Worlds().world());
  }

  String body(String key, String more) {
    return "{\"endpoint\": \"%s\", \"dsn\": \"%s\"%s}"
        .formatted(sentry.tracesEndpoint("456"), sentry.dsn(key, "456"), more);
  }

  String body(String key) {
    return body(key, "");
  }

  static void assertHoldsNoKey(HttpReply reply) {
    assertThat(reply.body().contains(OLD)).as("old key in the answer").isFalse();
    assertThat(reply.body().contains(NEW)).as("new key in the answer").isFalse();
    assertThat(reply.body().contains(REFUSED)).as("refused key in the answer").isFalse();
    assertThat(reply.body().contains("@127.0.0.1")).as("a DSN in the answer").isFalse();
  }
}
