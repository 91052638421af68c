package dev.sentrybroadcast.connection;

import static dev.sentrybroadcast.connection.Worlds.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.connection.Check.Name;
import dev.sentrybroadcast.connection.Check.Status;
import dev.sentrybroadcast.local.SentryStandIn;
import dev.sentrybroadcast.sentry.NameResolver;
import dev.sentrybroadcast.sentry.SentryHttpClient;
import dev.sentrybroadcast.sentry.TestAuthority;
import dev.sentrybroadcast.sentry.TlsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS with right and wrong certificates, on loopback. */
final class TlsTest {

  private static final String HOST = "sentry.test";

  @TempDir static Path folder;
  private static TestAuthority authority;

  @BeforeAll
  static void makeAuthority() {
    authority = new TestAuthority(folder);
  }

  private static ConnectionReport test(int port, SentryHttpClient client) {
    return new Worlds()
        .resolving(TlsTest::loopback)
        .sendingBy(client)
        .test(
            "http://" + HOST + ":" + port,
            "https://" + HOST + ":" + port + "/api/456/integration/otlp/v1/traces",
            "https://" + KEY + "@" + HOST + ":" + port + "/456");
  }

  private static SentryHttpClient trusting() {
    return new SentryHttpClient(NameResolver.SYSTEM, null, authority.store());
  }

  private static List<InetAddress> loopback(String host) throws UnknownHostException {
    return List.of(InetAddress.getByAddress(host, InetAddress.getLoopbackAddress().getAddress()));
  }

  @Test
  void run_rightCertificate_reachesAndNamesTheHost() throws IOException {
    try (TlsServer server = TlsServer.start(authority.issue("right", HOST))) {
      ConnectionReport report = test(server.port(), trusting());

      assertThat(Worlds.check(report, Name.REACH).status()).isEqualTo(Status.PASSED);
      assertThat(Worlds.check(report, Name.ACCEPT).status()).isEqualTo(Status.PASSED);
      // One for the reach check, and one that all five exports share.
      assertThat(server.connections()).isEqualTo(2);
      assertThat(server.requests()).isEqualTo(5);
      assertThat(server.namesAskedFor()).containsOnly(HOST);
      assertThat(server.protocols()).isSubsetOf("TLSv1.3", "TLSv1.2");
    }
  }

  @Test
  void run_unknownAuthority_failsAtTls() throws IOException {
    try (TlsServer server = TlsServer.start(authority.issue("unknown", HOST))) {
      ConnectionReport report =
          test(server.port(), new SentryHttpClient(NameResolver.SYSTEM, null, null));

      assertThat(Worlds.check(report, Name.REACH).seen())
          .isEqualTo("TLS: the certificate is not signed by an authority that is trusted here.");
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void run_certificateForAnotherName_failsAtTls() throws IOException {
    try (TlsServer server = TlsServer.start(authority.issue("other", "other.test"))) {
      ConnectionReport report = test(server.port(), trusting());

      assertThat(Worlds.check(report, Name.REACH).seen()).contains("is not for " + HOST);
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void run_expiredCertificate_failsAtTls() throws IOException {
    SSLContext expired = authority.issue("old", HOST, "-startdate", "-10d", "-validity", "5");
    try (TlsServer server = TlsServer.start(expired)) {
      ConnectionReport report = test(server.port(), trusting());

      assertThat(Worlds.check(report, Name.REACH).seen()).contains("is out of date");
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void run_plainHttpBehindHttps_failsAtTls() {
    try (SentryStandIn plain = SentryStandIn.start()) {
      ConnectionReport report = test(plain.port(), trusting());

      assertThat(Worlds.check(report, Name.REACH).seen()).startsWith("TLS: connected, but");
      assertThat(plain.requests()).isEmpty();
    }
  }

  @Test
  void run_silentServer_failsAtTlsWithinTheTimeLimit() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      int port = silent.getLocalPort();
      ConnectionReport report =
          new Worlds()
              .resolving(TlsTest::loopback)
              .within(Duration.ofMillis(300))
              .test(
                  "http://" + HOST + ":" + port,
                  "https://" + HOST + ":" + port + "/api/456/integration/otlp/v1/traces",
                  "https://" + KEY + "@" + HOST + ":" + port + "/456");

      assertThat(Worlds.check(report, Name.REACH).seen())
          .isEqualTo("TLS: connected, but the handshake did not end within the time limit.");
    }
  }
}
