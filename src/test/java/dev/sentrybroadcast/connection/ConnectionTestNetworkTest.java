package dev.sentrybroadcast.connection;

import static dev.sentrybroadcast.connection.Worlds.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.connection.Check.Name;
import dev.sentrybroadcast.connection.Check.Status;
import dev.sentrybroadcast.local.Reply;
import dev.sentrybroadcast.local.SentryStandIn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No answer at all, or none that is one: each layer's own failure, for real on loopback. */
final class ConnectionTestNetworkTest {

  private final SentryStandIn sentry = SentryStandIn.start();
  private final Worlds worlds = new Worlds();

  @BeforeEach
  void allowKey() {
    sentry.allow(KEY, "456");
  }

  @AfterEach
  void stop() {
    sentry.close();
  }

  private ConnectionReport test() {
    return worlds.test(
        sentry.origin(), sentry.tracesEndpoint("456").toString(), sentry.dsn(KEY, "456"));
  }

  @Test
  void run_silence_failsWithinTheTimeLimit() {
    sentry.replyBy(_ -> Reply.stalled(Duration.ofSeconds(60)));
    worlds.within(Duration.ofSeconds(2));

    ConnectionReport report = test();

    assertThat(Worlds.check(report, Name.ACCEPT).seen())
        .isEqualTo("HTTP: no response in time: Sentry could not be reached.");
    assertThat(report.status()).isEqualTo(ConnectionReport.Status.FAILED);
  }

  @Test
  void run_answerDribbles_failsWithinTheTimeLimit() {
    sentry.replyBy(_ -> Reply.slow(Duration.ofSeconds(1)));
    worlds.within(Duration.ofSeconds(2));

    ConnectionReport report = test();

    assertThat(Worlds.check(report, Name.ACCEPT).seen()).startsWith("HTTP: no response in time");
  }

  @Test
  void run_garbage_failsAndSaysItIsNotHttp() {
    sentry.replyBy(_ -> Reply.garbage());

    assertThat(Worlds.check(test(), Name.ACCEPT).seen()).contains("the response is not HTTP");
  }

  @Test
  void run_closedWithoutAnswer_fails() {
    sentry.replyBy(_ -> Reply.closed());

    ConnectionReport report = test();

    assertThat(Worlds.check(report, Name.ACCEPT).seen())
        .contains("the connection broke before a response");
    assertThat(report.status()).isEqualTo(ConnectionReport.Status.FAILED);
    assertThat(sentry.attempts()).isEqualTo(1);
  }

  /** The status decides. What is shown of half a body has no part of a word. */
  @Test
  void run_closedInTheBody_fails() {
    sentry.replyBy(_ -> new Reply.Cut(Reply.answer(403, "x".repeat(100)), 80));

    assertThat(Worlds.check(test(), Name.ACCEPT).seen())
        .startsWith("Sentry answered HTTP 403: it does not accept this key");
  }

  @Test
  void run_resetWithoutAnswer_fails() {
    sentry.replyBy(_ -> Reply.reset());

    assertThat(test().status()).isEqualTo(ConnectionReport.Status.FAILED);
  }

  @Test
  void run_closedBetweenTwoProbes_opensANewConnection() {
    sentry.replyBy(_ -> new Reply.Stale(Reply.asRelay()));

    ConnectionReport report = test();

    assertThat(report.status()).isEqualTo(ConnectionReport.Status.PASSED);
    assertThat(sentry.requests()).hasSize(5);
  }

  @Test
  void run_unresolvableName_failsAtDns() {
    ConnectionReport report =
        worlds.test(
            "*.invalid",
            "https://o1.ingest.invalid/api/456/integration/otlp/v1/traces",
            "https://" + KEY + "@o1.ingest.invalid/456");

    Check reach = Worlds.check(report, Name.REACH);
    assertThat(reach.status()).isEqualTo(Status.FAILED);
    assertThat(reach.seen()).isEqualTo("DNS: no address for o1.ingest.invalid.");
    assertThat(Worlds.check(report, Name.ACCEPT).status()).isEqualTo(Status.SKIPPED);
    assertThat(report.status()).isEqualTo(ConnectionReport.Status.FAILED);
  }

  @Test
  void run_silentDns_failsWithinTheTimeLimit() {
    worlds
        .within(Duration.ofMillis(100))
        .resolving(_ -> {
          synchronized (worlds) {
            try {
              worlds.wait(3_000);
            } catch (InterruptedException _) {
              Thread.currentThread().interrupt();
            }
          }
          return List.of();
        });

    ConnectionReport report =
        worlds.test(
            "*.sentry.io",
            "https://o1.ingest.sentry.io/api/456/integration/otlp/v1/traces",
            "https://" + KEY + "@o1.ingest.sentry.io/456");

    assertThat(Worlds.check(report, Name.REACH).seen()).startsWith("DNS: no answer");
  }

  @Test
  void run_refusedPort_failsAtConnect() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    String origin = "http://127.0.0.1:" + port;

    ConnectionReport report =
        worlds.test(
            origin,
            origin + "/api/456/integration/otlp/v1/traces",
            "http://" + KEY + "@127.0.0.1:" + port + "/456");

    assertThat(Worlds.check(report, Name.REACH).seen())
        .isEqualTo("Connect: the connection was refused.");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.2 127.0.0.1, PASSED, 'Resolved and connected, without TLS.'",
    "127.0.0.2 127.0.0.3, FAILED, Connect: the connection was refused.",
  })
  void run_deadAddressFirst_triesTheNext(String addresses, Status status, String seen) {
    worlds.resolving(_ -> Stream.of(addresses.split(" ", -1)).map(InetAddress::ofLiteral).toList());
    String host = "two.test:" + sentry.port();

    ConnectionReport report =
        worlds.test(
            "http://" + host,
            "http://" + host + "/api/456/integration/otlp/v1/traces",
            "http://" + KEY + "@" + host + "/456");

    Check reach = Worlds.check(report, Name.REACH);
    assertThat(reach.status()).isEqualTo(status);
    assertThat(reach.seen()).isEqualTo(seen);
  }
}
