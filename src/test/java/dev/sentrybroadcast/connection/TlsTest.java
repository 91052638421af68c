package dev.sentrybroadcast.connection;

import static dev.sentrybroadcast.connection.Worlds.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.connection.Check.Name;
import dev.sentrybroadcast.connection.Check.Status;
import dev.sentrybroadcast.local.SentryStandIn;
import dev.sentrybroadcast.sentry.TestAuthority;
import dev.sentrybroadcast.sentry.TlsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
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

  private static ConnectionReport test(int port, SSLSocketFactory client) {
    return new Worlds()
        .resolving(TlsTest::loopback)
        .trusting(client)
        .test(
            "http://" + HOST + ":" + port,
            "https://" + HOST + ":" + port + "/api/456/integration/otlp/v1/traces",
            "https://" + KEY + "@" + HOST + ":" + port + "/456");
  }

  private static InetAddress[] loopback(String host) throws UnknownHostException {
    return new InetAddress[] {
      InetAddress.getByAddress(host, InetAddress.getLoopbackAddress().getAddress())
    };
  }

  @Test
  void run_rightCertificate_reachesAndNamesTheHost() throws IOException {
    try (TlsServer server = TlsServer.start(authority.issue("right", HOST))) {
      ConnectionReport report = test(server.port(), authority.trustingClient());

      assertThat(Worlds.check(report, Name.REACH).status()).isEqualTo(Status.PASSED);
      assertThat(Worlds.check(report, Name.ACCEPT).status()).isEqualTo(Status.PASSED);
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.requests()).isEqualTo(5);
      assertThat(server.namesAskedFor()).isEqualTo(List.of(HOST));
      assertThat(server.protocols()).isSubsetOf("TLSv1.3", "TLSv1.2");
    }
  }

  @Test
  void run_unknownAuthority_failsAtTls() throws IOException {
    try (TlsServer server = TlsServer.start(authority.issue("unknown", HOST))) {
      ConnectionReport report =
          test(server.port(), (SSLSocketFactory) SSLSocketFactory.getDefault());

      assertThat(Worlds.check(report, Name.REACH).seen())
          .isEqualTo("TLS: the certificate is not signed by an authority that is trusted here.");
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void run_certificateForAnotherName_failsAtTls() throws IOException {
    try (TlsServer server = TlsServer.start(authority.issue("other", "other.test"))) {
      ConnectionReport report = test(server.port(), authority.trustingClient());

      assertThat(Worlds.check(report, Name.REACH).seen()).contains("is not for " + HOST);
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void run_expiredCertificate_failsAtTls() throws IOException {
    SSLContext expired = authority.issue("old", HOST, "-startdate", "-10d", "-validity", "5");
    try (TlsServer server = TlsServer.start(expired)) {
      ConnectionReport report = test(server.port(), authority.trustingClient());

      assertThat(Worlds.check(report, Name.REACH).seen()).contains("is out of date");
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void run_plainHttpBehindHttps_failsAtTls() {
    try (SentryStandIn plain = SentryStandIn.start()) {
      ConnectionReport report = test(plain.port(), authority.trustingClient());

      assertThat(Worlds.check(report, Name.REACH).seen()).startsWith("TLS: connected, but");
      assertThat(plain.requests()).isEmpty();
    }
  }
}
