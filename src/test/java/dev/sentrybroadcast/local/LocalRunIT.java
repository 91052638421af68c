package dev.sentrybroadcast.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The whole product in this process, from the queue to the stand-in. */
final class LocalRunIT {

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  @Test
  void once_samples_allEndAsMeant() throws IOException {
    int code = run(List.of("--once", "--port", Integer.toString(freePort())), Map.of());

    assertThat(code).as(shown()).isZero();
    assertThat(shown())
        .contains("Error Analysis Agent")
        .contains("└─ Analyze Stack Trace")
        .contains("812 → 96 tokens  $0.00213  ok")
        .contains("content left out: privacy mode")
        .contains("dead letter  malformed.json is in generations-dead-letter: malformed: ")
        .contains("1 dead letter;");
  }

  @Test
  void once_realSentry_spansGoThere() throws IOException {
    String key = "abcdefabcdefabcdefabcdefabcdefab";
    try (SentryStandIn elsewhere = SentryStandIn.start()) {
      elsewhere.allow(key, "77");

      int code =
          run(
              List.of("--once", "--port", Integer.toString(freePort())),
              Map.of(
                  "SENTRY_OTLP_ENDPOINT", elsewhere.tracesEndpoint("77").toString(),
                  "SENTRY_DSN", elsewhere.dsn(key, "77")));

      assertThat(elsewhere.spans()).isNotEmpty();
      assertThat(shown()).contains("spans go to 127.0.0.1").doesNotContain(key);
      assertThat(code).as(shown()).isZero();
    }
  }

  private int run(List<String> arguments, Map<String, String> environment) throws IOException {
    return LocalRun.run(
        arguments,
        environment,
        new Screen(new PrintStream(screen, true, StandardCharsets.UTF_8), new Ink(false)));
  }

  private String shown() {
    return screen.toString(StandardCharsets.UTF_8);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
