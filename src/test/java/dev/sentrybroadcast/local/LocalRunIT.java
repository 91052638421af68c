package dev.sentrybroadcast.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The whole product in this process, from the queue to the stand-in. */
final class LocalRunIT {

  private static final String KEY = "abcdefabcdefabcdefabcdefabcdefab";

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
        .contains("dead letter  malformed.json is in generations-dead-letter: malformed: "
                + "request.model: expected the name of a model")
        .contains("1 dead letter;");
  }

  @Test
  void once_realSentry_samplesGoThereInPrivacyMode() throws IOException {
    try (SentryStandIn elsewhere = SentryStandIn.start()) {
      int code = run(realArguments("--once", "--samples"), real(elsewhere));

      assertThat(elsewhere.spans()).isNotEmpty().noneMatch(LocalRunIT::hasContent);
      assertThat(shown())
          .contains("The spans go to 127.0.0.1, project 77, in privacy mode: ")
          .doesNotContain(KEY);
      assertThat(code).as(shown()).isZero();
    }
  }

  @Test
  void once_realSentryWithContent_contentGoesThere() throws IOException {
    try (SentryStandIn elsewhere = SentryStandIn.start()) {
      int code = run(realArguments("--once", "--samples", "--with-content"), real(elsewhere));

      assertThat(elsewhere.spans()).anyMatch(LocalRunIT::hasContent);
      assertThat(shown()).contains("project 77, with content: ");
      assertThat(code).as(shown()).isZero();
    }
  }

  private static boolean hasContent(ReceivedSpan span) {
    return span.text("gen_ai.input.messages") != null;
  }

  private static List<String> realArguments(String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--port", Integer.toString(freePort())));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static Map<String, String> real(SentryStandIn elsewhere) {
    elsewhere.allow(KEY, "77");
    return Map.of(
        "SENTRY_OTLP_ENDPOINT", elsewhere.tracesEndpoint("77").toString(),
        "SENTRY_DSN", elsewhere.dsn(KEY, "77"));
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
