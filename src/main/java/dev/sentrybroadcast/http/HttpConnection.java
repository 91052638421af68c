package dev.sentrybroadcast.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an address that the caller has resolved, and may have checked: the JDK's HTTP
 * clients resolve a name by themselves, and DNS may have changed its answer by then. For one thread
 * at a time.
 */
public final class HttpConnection implements Closeable {

  private static final String[] TLS_PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /** A lost SYN is sent again after a second. https://datatracker.ietf.org/doc/html/rfc6298 */
  private static final long LEAST_MILLIS_PER_ADDRESS = 1_500;

  private final Origin origin;
  private final DeadlineSocket plain;
  private Socket socket;
  private AnswerReader answers;
  private boolean idle;
  private long keptMillis;

  private HttpConnection(Origin origin, DeadlineSocket plain) throws IOException {
    this.origin = origin;
    this.plain = plain;
    socket = plain;
    answers = new AnswerReader(plain.getInputStream());
    idle = true;
  }

  /**
   * A TCP connection to the first of the addresses that takes one. An address that is silent leaves
   * the others their share of the time.
   */
  public static HttpConnection connect(Origin origin, InetAddress[] addresses, TimeLimit limit)
      throws IOException {
    IOException first = null;
    for (int i = 0; i < addresses.length; i++) {
      long share = limit.leftMillis() / (addresses.length - i);
      DeadlineSocket plain = new DeadlineSocket(limit);
      try {
        plain.setTcpNoDelay(true);
        plain.connect(
            new InetSocketAddress(addresses[i], origin.port()),
            limit.atMost(Math.max(share, LEAST_MILLIS_PER_ADDRESS)).socketTimeout());
        return new HttpConnection(origin, plain);
      } catch (IOException e) {
        plain.close();
        if (first == null) {
          first = e;
        }
      }
    }
    throw first == null ? new IOException("no address") : first;
  }

  /** Goes on in TLS, with the certificate held against the name, not the address. */
  public void secure(SSLSocketFactory factory, TimeLimit limit) throws IOException {
    plain.setLimit(limit);
    idle = false;
    SSLSocket secured =
        (SSLSocket)
            factory.createSocket(plain, origin.host(), origin.port(), /* autoClose= */ true);
    // Lambda's runtime client switches TLS 1.0 and 1.1 back on for the whole JVM.
    secured.setEnabledProtocols(TLS_PROTOCOLS);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (!origin.isAddress()) {
      parameters.setServerNames(List.of(new SNIHostName(withoutDot(origin.host()))));
    }
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    socket = secured;
    answers = new AnswerReader(secured.getInputStream());
    idle = true;
  }

  private static String withoutDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  public Origin origin() {
    return origin;
  }

  /**
   * Sends the request and reads its answer.
   *
   * @throws IOException when no status came; {@link SocketTimeoutException} when none came in time
   */
  public Answer post(HttpPost post, TimeLimit limit, BodyBound bound) throws IOException {
    plain.setLimit(limit);
    idle = false;
    IOException unsent = send(post, limit);
    AnswerHead head;
    try {
      head = answers.head();
    } catch (IOException e) {
      throw unsent == null ? e : unsent;
    }
    plain.setLimit(limit.atMost(bound.millis()));
    Answer answer = answers.answer(head, bound.bytes());
    if (unsent != null) {
      return new Answer(
          answer.status(), answer.headers(), answer.body(), answer.broken(), /* reusable= */ false);
    }
    idle = answer.reusable();
    return answer;
  }

  /**
   * Returns what broke the request off, if anything did: an answer may have come before, such as
   * 413 of a server that reads no further.
   */
  private @Nullable IOException send(HttpPost post, TimeLimit limit) throws IOException {
    // Linux counts what the kernel needs for the bytes too, at most as much again.
    boolean takenAtOnce = post.bodyLength() <= plain.getSendBufferSize() / 2;
    WriteWatch watch = takenAtOnce ? null : WriteWatch.start(plain, limit);
    IOException unsent = null;
    try {
      post.writeTo(socket.getOutputStream());
    } catch (IOException e) {
      unsent = e;
    }
    if (watch != null && watch.end()) {
      throw new SocketTimeoutException("time limit");
    }
    return unsent;
  }

  /** Whether a request failed before anything of its answer came. */
  public boolean isSilent() {
    return answers.isSilent();
  }

  /** It waits for another request, from this time of the wall clock on. */
  void keptAt(long millis) {
    keptMillis = millis;
  }

  long keptMillis() {
    return keptMillis;
  }

  /**
   * Whether something came that no request asked for: the end of TLS, or an answer to having been
   * idle for too long.
   */
  boolean hasUnread() {
    try {
      return plain.getInputStream().available() > 0 || socket.getInputStream().available() > 0;
    } catch (IOException _) {
      return true;
    }
  }

  /** Ends TLS too if that cannot block, which it can with a request on its way. */
  @Override
  public void close() {
    try {
      (idle ? socket : plain).close();
    } catch (IOException _) {
      // It is given up either way.
    }
  }
}
