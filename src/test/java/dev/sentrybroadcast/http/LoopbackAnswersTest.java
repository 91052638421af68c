package dev.sentrybroadcast.http;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class LoopbackAnswersTest {

  private static final int LIMIT_MILLIS = 5_000;

  /** Or a restore would wait for an answer until it has failed. */
  @Test
  void close_byAFailureOfItsOwn_letsNobodyWait() throws IOException {
    try (LoopbackAnswers answers =
        new LoopbackAnswers(_ -> {
          throw new IllegalStateException("a bug");
        })) {
      int port = URI.create(answers.origin()).getPort();
      for (int i = 0; i < 3; i++) {
        assertThatCode(() -> ask(port)).doesNotThrowAnyException();
      }
    }
  }

  /** As a client does that connects ahead. */
  @Test
  @Timeout(60)
  void close_withAConnectionThatAsksNothing_returns() throws IOException {
    LoopbackAnswers answers = new LoopbackAnswers(_ -> "{}");
    int port = URI.create(answers.origin()).getPort();
    ask(port);
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port)) {
      answers.close();

      silent.setSoTimeout(LIMIT_MILLIS);
      assertThatCode(() -> readToItsEnd(silent)).doesNotThrowAnyException();
    }
  }

  private static void readToItsEnd(Socket client) throws IOException {
    try {
      client.getInputStream().readAllBytes();
    } catch (SocketException _) {
      // Reset, where nobody had taken the connection yet.
    }
  }

  /** Asks, and waits for the end of the answer; a time-out is thrown. */
  private static void ask(int port) throws IOException {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client.setSoTimeout(LIMIT_MILLIS);
      client.getOutputStream().write("POST / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      client.getInputStream().readAllBytes();
    } catch (SocketException _) {
      // Refused, once the port is closed, or reset, where it was closed meanwhile.
    }
  }
}
