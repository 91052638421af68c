package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.sentrybroadcast.destination.SecretStore.Secret;
import dev.sentrybroadcast.destination.SecretsManagerStore;
import dev.sentrybroadcast.intake.ObjectSource;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.intake.SourceObject;
import dev.sentrybroadcast.local.LocalContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** An AWS that answers one byte at a time does not use up an invocation. */
@Timeout(20)
final class AwsTimeLimitTest {

  private static final Duration INVOCATION = Duration.ofSeconds(4);
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\n";

  private final List<String> log = new ArrayList<>();
  private final LocalContext context = new LocalContext(INVOCATION, log::add);

  /** Where the slow bytes begin. */
  static Stream<Arguments> slowPlaces() {
    return Stream.of(
        argumentSet("TLS handshake", "https", ""),
        argumentSet("header", "http", HEAD + "X: "),
        argumentSet("body", "http", HEAD + "Content-Length: 1000\r\n\r\n{\"VersionId\": "),
        argumentSet("size of a chunk", "http", HEAD + "Transfer-Encoding: chunked\r\n\r\n1"),
        argumentSet("error", "http", "HTTP/1.1 500 Status\r\nContent-Length: 1000\r\n\r\n{"));
  }

  @ParameterizedTest
  @MethodSource("slowPlaces")
  void current_slowServer_isUnavailableBeforeTheDeadline(String scheme, String atOnce) {
    try (SlowServer server = new SlowServer(atOnce);
        SecretsManagerClient client =
            TestClients.at(AwsClients.with(SecretsManagerClient.builder()), server.endpoint(scheme))
                .build()) {
      SecretsManagerStore store = new SecretsManagerStore(client, AwsClients.calls());

      Secret secret = inInvocation(() -> store.current("stack/default"));

      assertThat(secret).isInstanceOf(Secret.Unavailable.class);
      assertThat(context.getRemainingTimeInMillis()).isGreaterThan(500);
    }
  }

  @Test
  void hide_slowServer_givesUpBeforeTheDeadline() {
    try (SlowServer server = new SlowServer(HEAD + "Content-Length: 1000\r\n\r\n{")) {
      SqsQueue queue =
          new SqsQueue(() ->
              TestClients.at(AwsClients.with(SqsClient.builder()), server.endpoint("http"))
                  .build());
      List<QueuedMessage> messages =
          Collections.nCopies(100, new QueuedMessage("m", "{}", 0, "handle", null));

      inInvocation(() -> {
        queue.hide(messages, Duration.ofSeconds(60));
        return true;
      });

      assertThat(log).hasSize(1);
      assertThat(log.getFirst()).contains("100 messages not hidden: [");
      assertThat(context.getRemainingTimeInMillis()).isGreaterThan(500);
    }
  }

  @ParameterizedTest
  @MethodSource("slowPlaces")
  void open_slowServer_failsBeforeTheDeadline(String scheme, String atOnce) {
    try (SlowServer server = new SlowServer(atOnce)) {
      S3Objects objects =
          new S3Objects(() ->
              TestClients.at(AwsClients.with(S3Client.builder()), server.endpoint(scheme)).build());

      boolean failed =
          inInvocation(() ->
              switch (objects.open(new SourceObject("bucket", "k", null, null), 0)) {
                case ObjectSource.Opened.Body body -> isCutOff(body.bytes());
                case ObjectSource.Opened other -> other instanceof ObjectSource.Opened.Unavailable;
              });

      assertThat(failed).isTrue();
      assertThat(context.getRemainingTimeInMillis()).isGreaterThan(500);
    }
  }

  private static boolean isCutOff(InputStream bytes) {
    try (bytes) {
      bytes.readAllBytes();
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  @Test
  void handleRequest_slowSecretsManager_lastGoodValueServesBeforeTheDeadline() {
    try (LocalCloud cloud = new LocalCloud()) {
      BroadcastFunction function = cloud.function(Map.of("DESTINATION_CACHE_SECONDS", "0"));
      LocalCloud.invoke(
          function,
          LocalCloud.event(LocalCloud.generation("a")),
          new LocalContext(Duration.ofSeconds(30), log::add));
      cloud.secrets.slow(Duration.ofSeconds(1));
      LocalContext second = new LocalContext(INVOCATION, log::add);

      List<String> returned =
          LocalCloud.invoke(function, LocalCloud.event(LocalCloud.generation("b")), second);

      assertThat(returned).isEmpty();
      assertThat(second.getRemainingTimeInMillis()).isPositive();
      assertThat(log.getLast()).contains("\"Exported\":1", "\"LastGoodServed\":2"); // routes, too
    }
  }

  private <T> T inInvocation(ScopedValue.CallableOp<T, RuntimeException> call) {
    InvocationLog invocationLog =
        InvocationLog.of(context, Settings.from(Map.of()), InstantSource.system());
    Invocation invocation =
        new Invocation(
            invocationLog,
            context::getRemainingTimeInMillis,
            "arn:aws:sqs:us-east-1:000000000000:q");
    return ScopedValue.where(Invocation.CURRENT, invocation).call(call);
  }
}
