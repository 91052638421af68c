package dev.sentrybroadcast.connection;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One connection to a checked address. The JDK's HTTP clients resolve a name by themselves, after
 * whoever checked it: between the two, DNS may change its answer.
 */
final class IngestConnection implements Closeable {

  private static final int CONNECT_MILLIS_PER_ADDRESS = 3_000;

  private final Socket socket;
  private final AnswerReader answers;
  private final String authority;

  private IngestConnection(Socket socket, AnswerReader answers, String authority) {
    this.socket = socket;
    this.answers = answers;
    this.authority = authority;
  }

  /** A TCP connection to the first of the target's addresses that takes one. */
  static Socket connect(Target target, TimeLimit limit) throws IOException {
    IOException first = null;
    for (InetAddress address : target.addresses()) {
      Socket socket = new DeadlineSocket(limit);
      try {
        socket.setTcpNoDelay(true);
        socket.connect(
            new InetSocketAddress(address, target.port()),
            limit.socketTimeout(CONNECT_MILLIS_PER_ADDRESS));
        return socket;
      } catch (IOException e) {
        socket.close();
        if (first == null) {
          first = e;
        }
      }
    }
    throw first == null ? new IOException("no address") : first;
  }

  /** TLS over {@code plain}, with the certificate held against the name, not the address. */
  static SSLSocket secure(Socket plain, Target target, SSLSocketFactory factory)
      throws IOException {
    SSLSocket socket =
        (SSLSocket)
            factory.createSocket(plain, target.host(), target.port(), /* autoClose= */ true);
    // Lambda's runtime client switches TLS 1.0 and 1.1 back on for the whole JVM.
    socket.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (!HostName.isAddress(target.host())) {
      parameters.setServerNames(List.of(new SNIHostName(target.host())));
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  static IngestConnection over(Socket socket, Target target, Excerpt excerpt) throws IOException {
    return new IngestConnection(
        socket,
        new AnswerReader(new BufferedInputStream(socket.getInputStream()), excerpt),
        target.authority());
  }

  /**
   * Sends one export and waits for its answer.
   *
   * @param path starts with a slash; ASCII
   * @param auth the value of the {@code x-sentry-auth} header
   */
  IngestAnswer post(String path, String auth, byte[] body) throws IOException {
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: "
            + authority
            + "\r\nContent-Type: application/x-protobuf\r\nContent-Length: "
            + body.length
            + "\r\nUser-Agent: sentry-broadcast\r\nx-sentry-auth: "
            + auth
            + "\r\n\r\n";
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(body);
    socket.getOutputStream().write(request.toByteArray());
    socket.getOutputStream().flush();
    return answers.read();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // It is given up either way.
    }
  }
}
