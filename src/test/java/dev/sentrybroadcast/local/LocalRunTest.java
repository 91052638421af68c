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
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class LocalRunTest {

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  @Test
  void run_portTaken_oneSentenceWithAPairThatIsFree() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int code = run(List.of("--port", Integer.toString(taken.getLocalPort())), Map.of());

      assertThat(code).isEqualTo(LocalRun.WRONG_USE);
      assertThat(shown())
          .startsWith("Port " + taken.getLocalPort() + " is taken: ")
          .hasLineCount(1);
      assertThat(advice()).allMatch(LocalRunTest::isFree).hasSize(2).doesNotHaveDuplicates();
    }
  }

  @Test
  void run_bothPortsTaken_bothNamedAndNothingStarted() throws IOException {
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int code =
          run(
              List.of("--port=" + one.getLocalPort(), "--console-port=" + two.getLocalPort()),
              Map.of());

      assertThat(code).isEqualTo(LocalRun.WRONG_USE);
      assertThat(shown())
          .startsWith(
              "Port " + one.getLocalPort() + " and port " + two.getLocalPort() + " are taken: ")
          .doesNotContain("starting the queue");
    }
  }

  @Test
  void run_onlyTheConsolesPortTaken_saidBeforeAnythingStarts() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int code =
          run(
              List.of("--port", freePort(), "--console-port=" + taken.getLocalPort()), Map.of());

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

  /** The ports of the suggested command. */
  private List<Integer> advice() {
    return Pattern.compile("port (\\d+)(?= --console-port|\\\")")
        .matcher(shown())
        .results()
        .map(match -> Integer.valueOf(match.group(1)))
        .toList();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException _) {
      return false;
    }
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
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
}
