package dev.sentrybroadcast.function;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Accepts any connection, sends some bytes, then one byte every 300 ms, and never ends. */
final class SlowServer implements AutoCloseable {

  private static final int PAUSE_MILLIS = 300;

  private final ServerSocket listener;
  private final byte[] atOnce;
  private final CountDownLatch closed = new CountDownLatch(1);

  SlowServer(String atOnce) {
    this.atOnce = atOnce.getBytes(StandardCharsets.ISO_8859_1);
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  URI endpoint(String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listener.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException _) {
      // Closed.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      OutputStream out = connection.getOutputStream();
      out.write(atOnce);
      while (!closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        out.write('1');
      }
    } catch (IOException _) {
      // The client gave up.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
