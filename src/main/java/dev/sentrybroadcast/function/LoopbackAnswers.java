package dev.sentrybroadcast.function;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests on a loopback port, each on a connection of its own, with 200 and what it is
 * told to: the far end of a priming, so that answers are primed too. Nothing of it outlives {@link
 * #close}.
 */
final class LoopbackAnswers implements AutoCloseable {

  private final ServerSocket server;
  private final UnaryOperator<String> body;
  private final Thread thread;
  private volatile @Nullable Socket current;

  /**
   * Starts it.
   *
   * @param body of the answer to a request with this head
   */
  LoopbackAnswers(UnaryOperator<String> body) throws IOException {
    this.server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    this.body = body;
    this.thread = Thread.ofPlatform().daemon().name("priming").start(this::serve);
  }

  /** As {@code http://127.0.0.1:49152}. */
  String origin() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  private void serve() {
    // Where it ends, whatever ended it, nobody waits for an answer.
    try (server) {
      while (!server.isClosed()) {
        try (Socket connection = server.accept()) {
          current = connection;
          if (!server.isClosed()) {
            answer(connection);
          }
        } catch (IOException _) {
          // Closed, or the client went away: there may be a next one.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(Socket connection) throws IOException {
    InputStream in = new BufferedInputStream(connection.getInputStream());
    String head = head(in);
    in.skipNBytes(length(head));
    byte[] answer = body.apply(head).getBytes(StandardCharsets.UTF_8);
    String answerHead =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
            + "Content-Length: "
            + answer.length
            + "\r\n\r\n";
    connection.getOutputStream().write(answerHead.getBytes(StandardCharsets.US_ASCII));
    connection.getOutputStream().write(answer);
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static long length(String head) {
    for (String line : head.lines().toList()) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        return Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    return 0;
  }

  /** Returns when its port and its thread are gone. */
  @Override
  public void close() throws IOException {
    server.close();
    Socket open = current;
    if (open != null) {
      // Its client may keep it for a request that does not come.
      open.close();
    }
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
