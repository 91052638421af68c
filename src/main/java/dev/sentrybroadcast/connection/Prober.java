package dev.sentrybroadcast.connection;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends exports to one target over one connection, and opens it anew when the far end closed it.
 */
final class Prober implements AutoCloseable {

  private static final String NETWORK_ACTION =
      "Check the endpoint's host; in a VPC, its security groups, routes and NAT gateway.";

  private final Target target;
  private final SSLSocketFactory tls;
  private final TimeLimit limit;
  private final Excerpt excerpt;
  private @Nullable IngestConnection connection;
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
    Socket socket;
    try {
      socket = IngestConnection.connect(target, limit);
    } catch (SocketTimeoutException _) {
      return new Probe.Unanswered("Connect: no answer within the time limit.", NETWORK_ACTION);
    } catch (IOException e) {
      return new Probe.Unanswered("Connect: " + kind(e) + ".", NETWORK_ACTION);
    }
    try {
      Socket secured = target.tls() ? IngestConnection.secure(socket, target, tls) : socket;
      connection = IngestConnection.over(secured, target, excerpt);
      connectionAnswered = false;
      return null;
    } catch (IOException e) {
      closeQuietly(socket);
      return tlsFailure(e);
    }
  }

  Probe post(String path, String auth, byte[] body) {
    IngestConnection reused = connection;
    if (reused != null) {
      try {
        return answered(reused.post(path, auth, body));
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

  private Probe answered(IngestAnswer answer) {
    connectionAnswered = true;
    if (!answer.reusable()) {
      close();
    }
    return new Probe.Answered(answer);
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
        return certificate("is not for " + target.host() + ", or is not trusted here");
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

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is given up either way.
    }
  }

  @Override
  public void close() {
    IngestConnection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }
}
