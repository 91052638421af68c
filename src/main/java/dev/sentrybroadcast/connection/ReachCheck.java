package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.connection.Check.Name;
import dev.sentrybroadcast.sentry.HttpResult.Cause;
import dev.sentrybroadcast.sentry.Reach;
import dev.sentrybroadcast.sentry.SentryHttpClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the endpoint's host can be reached, and else at which step it fails. In fixed words: an
 * exception's message may name what must not be shown.
 *
 * @param client connects only to addresses that were checked
 */
record ReachCheck(URI endpoint, SentryHttpClient client) {

  private static final String HOST_ACTION =
      "Check the host of the endpoint. In a VPC, check that its subnets have DNS and a way out.";
  private static final String NETWORK_ACTION =
      "Check the endpoint's host; in a VPC, its security groups, routes and NAT gateway.";

  Check run(Duration timeLimit) {
    Reach reach = client.reach(endpoint, timeLimit);
    if (reach.cause() == Cause.INTERRUPTED) {
      return failed("The test was interrupted.", "Test again.");
    }
    return switch (reach.step()) {
      case DNS -> lookUpFailure(reach.cause());
      case CONNECT -> failed("Connect: " + connectFailure(reach.failure()) + ".", NETWORK_ACTION);
      case TLS -> tlsFailure(reach.failure());
      case CONNECTED ->
          Check.passed(
              Name.REACH,
              endpoint.getScheme().equals("https")
                  ? "Resolved, connected, and the certificate is valid for " + host() + "."
                  : "Resolved and connected, without TLS.");
    };
  }

  private String host() {
    return endpoint.getHost();
  }

  private Check lookUpFailure(Cause cause) {
    return switch (cause) {
      case REFUSED_ADDRESS ->
          failed(
              "DNS: " + host() + " is at an address that is not on the public internet.",
              "If that is meant, the operator lists http://host:port in ALLOWED_ENDPOINT_HOSTS.");
      case TIMEOUT ->
          failed("DNS: no answer for " + host() + " within the time limit.", HOST_ACTION);
      case DNS -> failed("DNS: no address for " + host() + ".", HOST_ACTION);
      case CONNECT, TLS, RESET, PROTOCOL, INVALID_URL, INTERRUPTED ->
          failed("DNS: not looked up: " + cause.words() + ".", HOST_ACTION);
    };
  }

  private static String connectFailure(@Nullable IOException failure) {
    return switch (failure) {
      case ConnectException _ -> "the connection was refused";
      case NoRouteToHostException _ -> "there is no route to the host";
      case SocketTimeoutException _ -> "no answer within the time limit";
      case null -> "no answer within the time limit";
      default -> "the connection failed";
    };
  }

  private Check tlsFailure(@Nullable IOException failure) {
    if (failure == null || failure instanceof SocketTimeoutException) {
      return failed(
          "TLS: connected, but the handshake did not end within the time limit.", NETWORK_ACTION);
    }
    List<Throwable> causes =
        Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause).toList();
    String certificate =
        hasAny(causes, CertificateExpiredException.class, CertificateNotYetValidException.class)
            ? "is out of date"
            : hasAny(causes, CertPathBuilderException.class)
                ? "is not signed by an authority that is trusted here"
                : hasAny(causes, CertificateException.class, SSLPeerUnverifiedException.class)
                    ? "is not for " + host() + ", or is not trusted here"
                    : null;
    if (certificate != null) {
      return failed(
          "TLS: the certificate " + certificate + ".",
          "Check the endpoint's host; a self-hosted Sentry needs a certificate of a public"
              + " authority.");
    }
    return failed(
        failure instanceof SSLException
            ? "TLS: connected, but what answered does not speak TLS 1.2 or 1.3."
            : "TLS: connected, but the connection broke during the handshake.",
        "Check the endpoint's host and port, and that no proxy intercepts TLS.");
  }

  private static boolean hasAny(List<Throwable> causes, Class<?>... types) {
    return causes.stream().anyMatch(cause -> Stream.of(types).anyMatch(t -> t.isInstance(cause)));
  }

  private static Check failed(String seen, String action) {
    return Check.failed(Name.REACH, seen, action);
  }
}
