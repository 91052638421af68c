package dev.sentrybroadcast.sentry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Answers 200 to requests without a body, over TLS on loopback. */
public final class TlsServer implements AutoCloseable {

  private final SSLServerSocket listener;
  private final List<String> names = new CopyOnWriteArrayList<>();
  private final List<String> protocols = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();

  private TlsServer(SSLServerSocket listener) {
    this.listener = listener;
  }

  /** Speaks the given versions of TLS; without any, those of the JVM. */
  public static TlsServer start(SSLContext context, String... protocols) throws IOException {
    SSLServerSocket listener =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
    if (protocols.length > 0) {
      listener.setEnabledProtocols(protocols);
    }
    TlsServer server = new TlsServer(listener);
    Thread.ofPlatform().daemon().start(server::accept);
    return server;
  }

  public int port() {
    return listener.getLocalPort();
  }

  public int connections() {
    return connections.get();
  }

  public int requests() {
    return requests.get();
  }

  public List<String> namesAskedFor() {
    return List.copyOf(names);
  }

  public List<String> protocols() {
    return List.copyOf(protocols);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try (SSLSocket socket = (SSLSocket) listener.accept()) {
        connections.incrementAndGet();
        serve(socket);
      } catch (IOException _) {
        // The handshake failed, or the server is closed.
      }
    }
  }

  private void serve(SSLSocket socket) throws IOException {
    socket.startHandshake();
    for (SNIServerName name :
        ((ExtendedSSLSession) socket.getSession()).getRequestedServerNames()) {
      names.add(((SNIHostName) name).getAsciiName());
    }
    protocols.add(socket.getSession().getProtocol());
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.isEmpty()) {
        requests.incrementAndGet();
        socket
            .getOutputStream()
            .write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
      }
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
