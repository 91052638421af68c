package dev.sentrybroadcast.connection;

import static dev.sentrybroadcast.connection.Worlds.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.connection.Check.Name;
import dev.sentrybroadcast.connection.Check.Status;
import dev.sentrybroadcast.local.Reply;
import dev.sentrybroadcast.local.SentryStandIn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller may write into an endpoint to have this function knock where it should not. */
final class HostileEndpointsTest {

  private static final String PATH = "/api/456/integration/otlp/v1/traces";
  private static final String DSN = "https://" + KEY + "@o1.ingest.us.sentry.io/456";

  /** Every loopback address leads here. */
  private static final SentryStandIn TRAP = SentryStandIn.start();

  private final Worlds worlds = new Worlds();

  @AfterAll
  static void nothingWasSent() {
    assertThat(TRAP.attempts()).isZero();
    TRAP.close();
  }

  /** {@code T} stands for the port of the trap. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // Not https.
        "http://o1.ingest.us.sentry.io",
        "http://127.0.0.1:T",
        "ftp://o1.ingest.us.sentry.io",
        "file:///etc/passwd#",
        "gopher://o1.ingest.us.sentry.io",
        "jar:https://o1.ingest.us.sentry.io!",
        "//o1.ingest.us.sentry.io",
        "o1.ingest.us.sentry.io",
        "javascript:alert(1)//",
        // Loopback and metadata addresses, in every spelling that some resolver takes.
        "https://127.0.0.1:T",
        "https://127.1:T",
        "https://127.0.1:T",
        "https://2130706433:T",
        "https://0x7f000001:T",
        "https://0x7f.0.0.1:T",
        "https://0x7f.1:T",
        "https://0177.0.0.1:T",
        "https://017700000001:T",
        "https://0:T",
        "https://0.0.0.0:T",
        "https://127.0.0.1.:T",
        "https://127.000.000.001:T",
        "https://169.254.169.254",
        "https://2852039166",
        "https://0xa9fea9fe",
        "https://0251.0376.0251.0376",
        "https://169.254.43518",
        "https://169.254.170.2",
        "https://10.0.0.1",
        "https://172.16.0.1",
        "https://192.168.0.1",
        "https://100.64.0.1",
        "https://8.8.8.8",
        // IPv6.
        "https://[::1]:T",
        "https://[::]:T",
        "https://[0:0:0:0:0:0:0:1]:T",
        "https://[::ffff:127.0.0.1]:T",
        "https://[::ffff:7f00:1]:T",
        "https://[::127.0.0.1]:T",
        "https://[64:ff9b::7f00:1]:T",
        "https://[2002:7f00:1::]:T",
        "https://[fe80::1%25lo]:T",
        "https://[fe80::1%lo]:T",
        "https://[fd00:ec2::254]",
        "https://[2001:4860:4860::8888]",
        "https://[v1.a]",
        // User information, and what parsers take for it.
        "https://o1.ingest.us.sentry.io@127.0.0.1:T",
        "https://o1.ingest.us.sentry.io:443@127.0.0.1:T",
        "https://user:password@o1.ingest.us.sentry.io",
        "https://@o1.ingest.us.sentry.io",
        "https://127.0.0.1:T\\@o1.ingest.us.sentry.io",
        "https://o1.ingest.us.sentry.io\\@127.0.0.1:T",
        "https://127.0.0.1:T#@o1.ingest.us.sentry.io",
        "https://127.0.0.1:T?@o1.ingest.us.sentry.io",
        "https://127.0.0.1%23@o1.ingest.us.sentry.io",
        // Names that only look like an allowed one.
        "https://sentry.io.evil.example",
        "https://evilsentry.io",
        "https://o1.ingest.us.sentry.io.evil.example",
        "https://evil.example/o1.ingest.us.sentry.io",
        "https://evil.example?x=.sentry.io",
        "https://evil.example#.sentry.io",
        "https://evil.example%2f.sentry.io",
        "https://evil.example%00.sentry.io",
        "https://localhost%E3%80%82sentry.io",
        "https://localhost:T",
        "https://LOCALHOST:T",
        "https://localhost.:T",
        "https://metadata.google.internal",
        "https://*.sentry.io",
        "https://.sentry.io",
        "https://-.sentry.io",
        "https://o1..sentry.io",
        // Ⓢ, the full-width dot and the like fold into ASCII in some resolvers.
        "https://o1.ingest.us.ⓢentry.io",
        "https://o1。ingest。us。sentry。io",
        "https://①②⑦.⓪.⓪.①:T",
        "https://еvil.sentry.io",
        // Ports.
        "https://o1.ingest.us.sentry.io:22",
        "https://o1.ingest.us.sentry.io:80",
        "https://o1.ingest.us.sentry.io:9001",
        "https://o1.ingest.us.sentry.io:0",
        "https://o1.ingest.us.sentry.io:65536",
        "https://o1.ingest.us.sentry.io:-1",
        "https://o1.ingest.us.sentry.io:443:T",
        "https://o1.ingest.us.sentry.io:4 43",
        // What would end the line of a header, or the header itself.
        "https://o1.ingest.us.sentry.io\r\nHost: 127.0.0.1",
        "https://o1.ingest.us.sentry.io/\r\n\r\nGET / HTTP/1.1",
        "https://o1.ingest.us.sentry.io/\tx",
        "https://o1.ingest.us.sentry.io/%0d%0aHost:%20127.0.0.1",
        "https://o1.ingest.us.sentry.io/\u0000",
        // Paths that lead elsewhere.
        "https://o1.ingest.us.sentry.io/api/0/../..",
        "https://o1.ingest.us.sentry.io/%2e%2e",
        "https://o1.ingest.us.sentry.io//127.0.0.1:T",
        "https://o1.ingest.us.sentry.io/;x=",
        // Nothing.
        "https://",
        "https:///",
        "https:",
        "",
      })
  void run_hostileText_isRefusedBeforeAnythingIsResolved(String origin) {
    String endpoint = origin.replace("T", String.valueOf(TRAP.port())) + PATH;

    ConnectionReport report = worlds.test("*.sentry.io", endpoint, DSN);

    assertThat(Worlds.check(report, Name.ENDPOINT).status()).isEqualTo(Status.FAILED);
    assertThat(Worlds.check(report, Name.REACH).status()).isEqualTo(Status.SKIPPED);
    assertThat(worlds.lookups).isEmpty();
    assertThat(report.toString()).doesNotContain("password");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void run_redirectToAnInnerAddress_isNotFollowed(int status) {
    try (SentryStandIn sentry = SentryStandIn.start()) {
      sentry.replyBy(_ -> Reply.status(status, "location", TRAP.origin() + "/latest/meta-data/"));

      ConnectionReport report =
          worlds.test(
              sentry.origin(), sentry.tracesEndpoint("456").toString(), sentry.dsn(KEY, "456"));

      assertThat(report.status()).isEqualTo(ConnectionReport.Status.FAILED);
      assertThat(report.toString()).doesNotContain("meta-data");
      assertThat(sentry.attempts()).isEqualTo(1);
      assertThat(TRAP.attempts()).isZero();
    }
  }

  @Test
  void run_listedForAnotherPort_isRefused() {
    ConnectionReport report =
        worlds.test("http://127.0.0.1:1", TRAP.origin() + PATH, TRAP.dsn(KEY, "456"));

    assertThat(Worlds.check(report, Name.ENDPOINT).status()).isEqualTo(Status.FAILED);
  }
}
