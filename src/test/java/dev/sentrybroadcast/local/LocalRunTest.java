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

final class LocalRunTest {

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  @Test
  void run_portTaken_oneSentence() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int code = run(List.of("--port", Integer.toString(taken.getLocalPort())), Map.of());

      assertThat(code).isEqualTo(LocalRun.WRONG_USE);
      assertThat(shown())
          .startsWith("Port " + taken.getLocalPort() + " is taken: ")
          .hasLineCount(1);
    }
  }

  @Test
  void run_wrongOption_oneSentence() throws IOException {
    assertThat(run(List.of("--what"), Map.of())).isEqualTo(LocalRun.WRONG_USE);
    assertThat(shown()).hasLineCount(1);
  }

  @Test
  void run_help_saysHow() throws IOException {
    assertThat(run(List.of("--help"), Map.of())).isZero();
    assertThat(shown()).contains("./mvnw -Plocal", "SENTRY_DSN");
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
}
