package dev.sentrybroadcast.connection;

import static dev.sentrybroadcast.connection.Worlds.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.connection.Check.Name;
import dev.sentrybroadcast.connection.Check.Status;
import dev.sentrybroadcast.local.SentryStandIn;
import dev.sentrybroadcast.sentry.Json;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever texts a caller gives, the result is a report with all checks. */
final class AnyTextTest {

  private static final String ENDPOINT =
      "https://o123.ingest.us.sentry.io/api/456/integration/otlp/v1/traces";
  private static final String DSN = "https://" + KEY + "@o123.ingest.us.sentry.io/456";
  private static final String HOSTS = "*.sentry.io,relay.example,http://localhost:9000,[fd00::1]";
  private static final List<String> PIECES =
      List.of(
          "",
          " ",
          "%",
          "%zz",
          "%00",
          "\0",
          "\n",
          "\ud800",
          "é",
          "。",
          ":",
          "::",
          "[",
          "]",
          "[fd00::1]",
          "[fd00::1%25lo]",
          "@",
          "//",
          "/..",
          "?",
          "#",
          "\\",
          "-",
          ".",
          "..",
          "0",
          "99999999999",
          "xn--",
          "xn--0",
          "HTTPS",
          "http://localhost:9000",
          "localhost",
          "relay.example",
          "{",
          "}",
          "*",
          "…");

  private static String mutated(String text, Random random) {
    StringBuilder out = new StringBuilder(text);
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(out.length() + 1);
      int end = random.nextBoolean() ? at : Math.min(out.length(), at + random.nextInt(12));
      out.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
    }
    return out.toString();
  }

  @Test
  void run_mutatedTexts_isAReport() {
    Random random = new Random(19);
    Worlds worlds =
        new Worlds()
            .resolving(_ -> {
              throw new UnknownHostException();
            });
    for (int i = 0; i < 5_000; i++) {
      String endpoint = mutated(ENDPOINT, random);
      String dsn = mutated(DSN, random);

      ConnectionReport report = worlds.test(HOSTS, endpoint, dsn);

      assertThat(report.checks())
          .as(endpoint)
          .extracting(Check::name)
          .containsExactly(Name.values());
      Json.of(report.fields());
    }
  }

  /** The JDK takes it for a host name, the HTTP client does not. */
  @Test
  void run_nameThatTheClientRefuses_failsAtDns() {
    try (SentryStandIn sentry = SentryStandIn.start()) {
      String origin = "http://xn--0.test:" + sentry.port();
      Worlds worlds = new Worlds().resolving(_ -> List.of(InetAddress.getLoopbackAddress()));

      ConnectionReport report = worlds.test(origin, origin + "/v1/traces", DSN);

      Check reach = Worlds.check(report, Name.REACH);
      assertThat(reach.status()).isEqualTo(Status.FAILED);
      assertThat(reach.seen()).isEqualTo("DNS: not looked up: the URL cannot be requested.");
    }
  }
}
