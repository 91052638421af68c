package dev.sentrybroadcast.connection;

import static dev.sentrybroadcast.connection.Worlds.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.connection.Check.Name;
import dev.sentrybroadcast.connection.Check.Status;
import dev.sentrybroadcast.local.SentryStandIn;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Allowed names that lead, or come to lead, to where this function should not knock. */
final class InnerAddressesTest {

  private static final String PATH = "/api/456/integration/otlp/v1/traces";
  private static final String DSN = "https://" + KEY + "@o1.ingest.us.sentry.io/456";

  private final Worlds worlds = new Worlds();

  /** What an allowed name resolves to. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "169.254.169.254",
        "169.254.170.2",
        "169.254.100.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::808:808",
        "100::1",
        "2001::1",
        "2001:10::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
      })
  void run_allowedNameAtAnInnerAddress_isRefusedBeforeConnecting(String address) throws Exception {
    InetAddress inner = InetAddress.getByName(address);
    worlds.resolving(_ -> List.of(inner));

    ConnectionReport report =
        worlds.test("*.sentry.io", "https://o1.ingest.us.sentry.io" + PATH, DSN);

    Check reach = Worlds.check(report, Name.REACH);
    assertThat(reach.status()).isEqualTo(Status.FAILED);
    assertThat(reach.seen()).contains("not on the public internet").doesNotContain(address + ".");
    assertThat(worlds.lookups).containsExactly("o1.ingest.us.sentry.io");
  }

  @Test
  void run_oneOfSeveralAddressesIsInner_isRefused() {
    worlds.resolving(host ->
        List.of(
            InetAddress.getByAddress(host, new byte[] {34, 120, (byte) 195, (byte) 249}),
            InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})));

    ConnectionReport report =
        worlds.test("*.sentry.io", "https://o1.ingest.us.sentry.io" + PATH, DSN);

    assertThat(Worlds.check(report, Name.REACH).seen()).contains("not on the public internet");
  }

  @Test
  void run_nameThatChangesItsAddress_isResolvedOnceAndConnectedThere() {
    try (SentryStandIn sentry = SentryStandIn.start();
        SentryStandIn inner = SentryStandIn.start()) {
      sentry.allow(KEY, "456");
      worlds.resolving(host -> {
        if (worlds.lookups.size() > 1) {
          throw new UnknownHostException("asked twice");
        }
        return List.of(InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}));
      });
      String origin = "http://rebinding.test:" + sentry.port();

      ConnectionReport report =
          worlds.test(
              origin, origin + PATH, "http://" + KEY + "@rebinding.test:" + sentry.port() + "/456");

      assertThat(report.status()).isEqualTo(ConnectionReport.Status.PASSED);
      assertThat(worlds.lookups).containsExactly("rebinding.test");
      assertThat(sentry.requests())
          .allMatch(request -> request.headers().containsValue("rebinding.test:" + sentry.port()));
      assertThat(inner.attempts()).isZero();
    }
  }
}
