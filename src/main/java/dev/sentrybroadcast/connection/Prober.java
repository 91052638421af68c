package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.http.Answer;
import dev.sentrybroadcast.http.BodyBound;
import dev.sentrybroadcast.http.HttpConnection;
import dev.sentrybroadcast.http.HttpPost;
import dev.sentrybroadcast.http.TimeLimit;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends exports to one target over one connection, and opens it anew when the far end closed it.
 */
final class Prober implements AutoCloseable {

  private static final String NETWORK_ACTION =
      "Check the endpoint's host; in a VPC, its security groups, routes and NAT gateway.";

  private static final long MILLIS_PER_ADDRESS = 3_000;

  /** A whole body is waited for, of which little may be shown. */
  private static final BodyBound BODY = new BodyBound(Excerpt.MAX_BODY_BYTES, Long.MAX_VALUE);

  private final Target target;
  private final SSLSocketFactory tls;
  private final TimeLimit limit;
  private final Excerpt excerpt;
  private @Nullable HttpConnection connection;
  private boolean connectionAnswered;

  Prober(Target target, SSLSocketFactory tls, TimeLimit limit, Excerpt excerpt) {
    this.target = target;
    this.tls = tls;
    this.limit = limit;
    this.excerpt = excerpt;
  }

  /** What came of a request. */
  sealed interface Probe {

    record Answered(IngestAnswer answer) implements Probe {}

    record Unanswered(String seen, String action) implements Probe {}
  }

  /** Connects; says which layer failed, or null when none did. */
  Probe.@Nullable Unanswered open() {
    InetAddress[] addresses = target.addresses().toArray(InetAddress[]::new);
    HttpConnection opened;
    try {
      opened =
          HttpConnection.connect(
              target.origin(), addresses, limit.atMost(addresses.length * MILLIS_PER_ADDRESS));
    } catch (SocketTimeoutException _) {
      return new Probe.Unanswered("Connect: no answer within the time limit.", NETWORK_ACTION);
    } catch (IOException e) {
      return new Probe.Unanswered("Connect: " + kind(e) + ".", NETWORK_ACTION);
    }
    try {
      if (target.origin().tls()) {
        opened.secure(tls, limit);
      }
      connection = opened;
      connectionAnswered = false;
      return null;
    } catch (IOException e) {
      opened.close();
      return tlsFailure(e);
    }
  }

  Probe post(String path, String auth, byte[] body) {
    HttpConnection reused = connection;
    if (reused != null) {
      try {
        HttpPost post =
            new HttpPost(target.origin(), path)
                .header("Content-Type", "application/x-protobuf")
                .header("User-Agent", "sentry-broadcast")
                .header("x-sentry-auth", auth)
                .body(body, 0, body.length);
        return answered(reused.post(post, limit, BODY));
      } catch (SocketTimeoutException _) {
        close();
        return new Probe.Unanswered(
            "HTTP: no whole answer within the time limit.",
            "Try again; if it stays, check the endpoint's host and Sentry's status page.");
      } catch (ProtocolException e) {
        close();
        return new Probe.Unanswered(
            "HTTP: what answered does not speak HTTP (" + e.getMessage() + ").",
            "Check the endpoint's host and port.");
      } catch (IOException e) {
        close();
        if (connectionAnswered) {
          return post(path, auth, body); // it was closed between two requests, as servers may
        }
        return new Probe.Unanswered(
            "HTTP: " + kind(e) + " before a whole answer came.",
            "Try again; if it stays, something between here and Sentry cuts the connection.");
      }
    }
    Probe.Unanswered failure = open();
    return failure == null ? post(path, auth, body) : failure;
  }

  private Probe answered(Answer answer) throws IOException {
    if (answer.broken() != null) {
      throw answer.broken();
    }
    connectionAnswered = true;
    if (!answer.reusable()) {
      close();
    }
    String type = answer.header("content-type");
    return new Probe.Answered(
        new IngestAnswer(
            answer.status(),
            excerpt.of(answer.body(), type == null ? null : type.toLowerCase(Locale.ROOT))));
  }

  private Probe.Unanswered tlsFailure(IOException e) {
    if (e instanceof SocketTimeoutException) {
      return new Probe.Unanswered(
          "TLS: connected, but the handshake did not end within the time limit.", NETWORK_ACTION);
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateExpiredException
          || cause instanceof CertificateNotYetValidException) {
        return certificate("is out of date");
      }
      if (cause instanceof java.security.cert.CertPathBuilderException) {
        return certificate("is not signed by an authority that is trusted here");
      }
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return certificate("is not for " + target.origin().host() + ", or is not trusted here");
      }
    }
    return new Probe.Unanswered(
        e instanceof SSLException
            ? "TLS: connected, but what answered does not speak TLS 1.2 or 1.3."
            : "TLS: connected, but " + kind(e) + " during the handshake.",
        "Check the endpoint's host and port, and that nothing in between takes TLS apart.");
  }

  private static Probe.Unanswered certificate(String fault) {
    return new Probe.Unanswered(
        "TLS: the certificate " + fault + ".",
        "Check the endpoint's host; for a self-hosted Sentry, give it a certificate of a public"
            + " authority.");
  }

  /** In fixed words: an exception's own may name what must not be shown. */
  private static String kind(IOException e) {
    return switch (e) {
      case java.net.ConnectException _ -> "the connection was refused";
      case java.net.NoRouteToHostException _ -> "there is no route to the host";
      case EOFException _ -> "the connection was closed";
      case SocketException _ -> "the connection was reset";
      default -> "the connection failed";
    };
  }

  @Override
  public void close() {
    HttpConnection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }
}
