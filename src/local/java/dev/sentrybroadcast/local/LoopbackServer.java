package dev.sentrybroadcast.local;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A small HTTP/1.1 server on loopback that can also misbehave below HTTP, which the JDK's own
 * server cannot. A virtual thread per connection; keep-alive; no delayed segments.
 */
final class LoopbackServer implements AutoCloseable {

  /** Judges a request. May resolve wrappers of other replies by returning them as they are. */
  interface Judge {
    Reply judge(HttpRequest request);

    /** A reply that needs this request to become an answer. */
    Reply.Answer answer(Reply reply, HttpRequest request);
  }

  private final Judge judge;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private int port;
  private @Nullable ServerSocket listener;
  private @Nullable Thread acceptor;

  LoopbackServer(int port, Judge judge) {
    this.port = port;
    this.judge = judge;
  }

  synchronized int port() {
    return port;
  }

  /** Listens; after a {@link #stop} on the same port again. */
  synchronized void start() {
    if (listener != null) {
      return;
    }
    try {
      ServerSocket opened = new ServerSocket();
      opened.setReuseAddress(true);
      opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
      port = opened.getLocalPort();
      listener = opened;
      acceptor = Thread.ofVirtual().name("loopback-" + port).start(() -> accept(opened));
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + " on loopback: " + e.getMessage(), e);
    }
  }

  /** Refuses new connections and drops those that are open. */
  synchronized void stop() {
    ServerSocket open = listener;
    if (open == null) {
      return;
    }
    listener = null;
    closeQuietly(open);
    awaitAcceptor();
    connections.forEach(LoopbackServer::closeQuietly);
  }

  /** While a thread is in accept, its socket still takes connections, and then drops them. */
  private void awaitAcceptor() {
    Thread thread = acceptor;
    acceptor = null;
    try {
      if (thread != null) {
        thread.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }

  private void accept(ServerSocket open) {
    while (!open.isClosed()) {
      try {
        Socket connection = open.accept();
        connections.add(connection);
        if (open.isClosed()) {
          closeQuietly(connection);
          connections.remove(connection);
          return;
        }
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream(), 1 << 16);
      OutputStream out = connection.getOutputStream();
      HttpRequest request = HttpRequest.read(in, out);
      while (request != null && write(judge.judge(request), request, connection, out)) {
        request =
            request.header("connection").equalsIgnoreCase("close")
                ? null
                : HttpRequest.read(in, out);
      }
    } catch (IOException _) {
      // The peer, or stop(), closed the connection; so do we.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(connection);
    }
  }

  /** Returns whether the connection may be used again. */
  private boolean write(Reply reply, HttpRequest request, Socket connection, OutputStream out)
      throws IOException, InterruptedException {
    return switch (reply) {
      case Reply.Delayed(Duration by, Reply then) -> {
        Thread.sleep(by);
        yield write(then, request, connection, out);
      }
      case Reply.Closed(boolean reset) -> {
        if (reset) {
          connection.setSoLinger(true, 0);
        }
        yield false;
      }
      case Reply.HalfClosed() -> {
        connection.shutdownOutput();
        connection.getInputStream().skip(Long.MAX_VALUE);
        yield false;
      }
      case Reply.Garbage(byte[] bytes) -> {
        send(out, bytes);
        yield false;
      }
      case Reply.Cut(Reply whole, int afterBytes) -> {
        byte[] bytes = bytes(judge.answer(whole, request));
        send(out, Arrays.copyOf(bytes, Math.min(afterBytes, bytes.length - 1)));
        yield false;
      }
      case Reply.Slow(Reply whole, Duration perByte) -> {
        for (byte b : bytes(judge.answer(whole, request))) {
          send(out, new byte[] {b});
          Thread.sleep(perByte);
        }
        yield true;
      }
      case Reply.Stale(Reply whole) -> {
        send(out, bytes(judge.answer(whole, request)));
        yield false;
      }
      case Reply.Kept(Reply seen) -> {
        judge.answer(new Reply.AsRelay(), request);
        yield write(seen, request, connection, out);
      }
      case Reply.Answer _, Reply.Refusal _, Reply.AsRelay _ -> {
        send(out, bytes(judge.answer(reply, request)));
        yield true;
      }
    };
  }

  private static byte[] bytes(Reply.Answer answer) {
    StringBuilder head = new StringBuilder(160);
    head.append("HTTP/1.1 ").append(answer.status()).append(" Status\r\n");
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
    head.append("content-length: ").append(answer.body().length).append("\r\n\r\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(answer.body());
    return bytes.toByteArray();
  }

  private static void send(OutputStream out, byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception _) {
      // Closing is all that was wanted.
    }
  }
}
