package dev.sentrybroadcast.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A local run whose samples are done, and a browser to look at its console with. */
final class ConsoleScene implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final int port = freePort();
  private final int consolePort = freePort();
  private final Thread run = Thread.ofPlatform().daemon().name("local-run").unstarted(this::run);
  private final Browser browser;

  private ConsoleScene() throws IOException {
    browser = Browser.start();
  }

  static ConsoleScene start() throws IOException {
    ConsoleScene scene = new ConsoleScene();
    try {
      scene.run.start();
      new Changes()
          .await("the samples", LIMIT, () -> scene.shown().contains("Ctrl-C"), scene::shown);
      return scene;
    } catch (AssertionError e) {
      scene.close();
      throw e;
    }
  }

  Browser browser() {
    return browser;
  }

  int port() {
    return consolePort;
  }

  String address() {
    return "http://127.0.0.1:" + consolePort + "/";
  }

  /** The answer's head to a request whose lines end with a bar. */
  String answer(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), consolePort)) {
      socket.setSoTimeout(5_000);
      String head = request.replace("|", "\r\n") + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    browser.close();
    run.interrupt();
    try {
      run.join(LIMIT.toMillis());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (run.isAlive()) {
      throw new AssertionError("the local run has not ended");
    }
  }

  private void run() {
    try {
      LocalRun.run(
          List.of("--port", Integer.toString(port), "--console-port=" + consolePort),
          Map.of(),
          new Screen(new PrintStream(screen, true, StandardCharsets.UTF_8), new Ink(false)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the terminal shows. */
  String shown() {
    return screen.toString(StandardCharsets.UTF_8);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
