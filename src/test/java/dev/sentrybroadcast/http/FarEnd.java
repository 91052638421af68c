package dev.sentrybroadcast.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** A listener on loopback that does with each connection what a test wants. */
final class FarEnd implements AutoCloseable {

  private final ServerSocket listener;
  private final Conduct conduct;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  private FarEnd(ServerSocket listener, Conduct conduct) {
    this.listener = listener;
    this.conduct = conduct;
  }

  /** What to do with a connection, which stays open afterwards. */
  interface Conduct {
    void with(Socket socket) throws IOException;
  }

  static FarEnd start(Conduct conduct) {
    return start(ServerSocketFactory.getDefault(), conduct);
  }

  static FarEnd start(ServerSocketFactory factory, Conduct conduct) {
    try {
      FarEnd end =
          new FarEnd(factory.createServerSocket(0, 10, InetAddress.getLoopbackAddress()), conduct);
      Thread.ofPlatform().daemon().start(end::accept);
      return end;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        conduct.with(socket);
      } catch (IOException _) {
        // The other end is gone, or this one is closed.
      }
    }
  }

  /** Reads a request's head, and says what stands in it. */
  static String readHead(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int read = socket.getInputStream().read();
      if (read < 0) {
        throw new IOException("closed");
      }
      head.append((char) read);
    }
    return head.toString();
  }

  Origin origin() {
    return new Origin(false, "127.0.0.1", listener.getLocalPort());
  }

  Origin origin(String tlsHost) {
    return new Origin(true, tlsHost, listener.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
