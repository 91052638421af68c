package dev.sentrybroadcast.sentry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on loopback that does with each connection what a test wants. */
final class RawServer implements AutoCloseable {

  private final ServerSocket listener;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  /** What to do with a connection. It stays open afterwards. */
  interface Handler {
    void handle(Socket socket) throws IOException;
  }

  private RawServer(ServerSocket listener) {
    this.listener = listener;
  }

  static RawServer start(Handler handler) {
    return start("127.0.0.1", 0, handler);
  }

  static RawServer start(String address, int port, Handler handler) {
    try {
      RawServer server = new RawServer(new ServerSocket(port, 50, InetAddress.ofLiteral(address)));
      Thread.ofPlatform().daemon().start(() -> server.accept(handler));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(Handler handler) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        Thread.ofPlatform().daemon().start(() -> handle(handler, socket));
      } catch (IOException _) {
        // Closed by the test.
      }
    }
  }

  private static void handle(Handler handler, Socket socket) {
    try {
      handler.handle(socket);
    } catch (IOException _) {
      // The client closed the connection.
    }
  }

  static void readHead(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int read = socket.getInputStream().read();
      if (read < 0) {
        throw new IOException("closed");
      }
      head.append((char) read);
    }
  }

  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
  }

  int port() {
    return listener.getLocalPort();
  }

  int connections() {
    return sockets.size();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
