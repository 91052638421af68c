package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.connection.Check.Name;
import dev.sentrybroadcast.sentry.CheckedResolver;
import dev.sentrybroadcast.sentry.NameResolver.RefusedAddressException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the endpoint's host, connects to the addresses that were checked, and does a TLS
 * handshake. It uses own sockets because an HTTP client does not say which of these steps failed.
 * All steps run on one thread, which is given up when the time is over.
 */
final class ReachCheck {

  private static final int MILLIS_PER_ADDRESS = 3_000;
  private static final String HOST_ACTION =
      "Check the host of the endpoint. In a VPC, check that its subnets have DNS and a way out.";
  private static final String NETWORK_ACTION =
      "Check the endpoint's host; in a VPC, its security groups, routes and NAT gateway.";

  private final URI endpoint;
  private final CheckedResolver resolver;
  private final SSLSocketFactory tls;

  /** What to report when the time is over during the current step. */
  private volatile Check timedOut;

  private volatile @Nullable Socket socket;

  ReachCheck(URI endpoint, CheckedResolver resolver, SSLSocketFactory tls) {
    this.endpoint = endpoint;
    this.resolver = resolver;
    this.tls = tls;
    timedOut =
        failed("DNS: no answer for " + endpoint.getHost() + " within the time limit.", HOST_ACTION);
  }

  /**
   * What was found.
   *
   * @param addresses the checked addresses of the host; empty if it was not reached
   */
  record Result(Check check, List<InetAddress> addresses) {}

  Result run(Duration timeLimit) throws InterruptedException {
    FutureTask<Result> steps = new FutureTask<>(this::steps);
    Thread.ofPlatform().daemon().name("reach").start(steps);
    try {
      return steps.get(timeLimit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      return new Result(timedOut, List.of());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      close(socket);
    }
  }

  private Result steps() {
    List<InetAddress> addresses;
    try {
      addresses = resolver.addresses(endpoint.getHost());
    } catch (RefusedAddressException _) {
      Check refused =
          failed(
              "DNS: " + endpoint.getHost() + " is at an address that is not on the public internet.",
              "If that is meant, the operator lists http://host:port in ALLOWED_ENDPOINT_HOSTS.");
      return new Result(refused, List.of());
    } catch (UnknownHostException _) {
      return new Result(noAddress(), List.of());
    }
    Check failure = null;
    for (InetAddress address : addresses) {
      timedOut = failed("Connect: no answer within the time limit.", NETWORK_ACTION);
      boolean connected = false;
      Check fault;
      try (Socket plain = new Socket()) {
        socket = plain;
        plain.connect(new InetSocketAddress(address, port()), MILLIS_PER_ADDRESS);
        connected = true;
        if (isTls()) {
          timedOut =
              failed(
                  "TLS: connected, but the handshake did not end within the time limit.",
                  NETWORK_ACTION);
          handshake(plain);
        }
        return new Result(reached(), addresses);
      } catch (SocketTimeoutException _) {
        fault = timedOut;
      } catch (IOException e) {
        fault = connected ? tlsFailure(e) : failed("Connect: " + kind(e) + ".", NETWORK_ACTION);
      }
      failure = connected || failure == null ? fault : failure;
    }
    return new Result(failure == null ? noAddress() : failure, List.of());
  }

  private Check reached() {
    return Check.passed(
        Name.REACH,
        isTls()
            ? "Resolved, connected, and the certificate is valid for " + endpoint.getHost() + "."
            : "Resolved and connected, without TLS.");
  }

  private Check noAddress() {
    return failed("DNS: no address for " + endpoint.getHost() + ".", HOST_ACTION);
  }

  private boolean isTls() {
    return endpoint.getScheme().equals("https");
  }

  private int port() {
    return endpoint.getPort() >= 0 ? endpoint.getPort() : isTls() ? 443 : 80;
  }

  private void handshake(Socket plain) throws IOException {
    SSLSocket secured =
        (SSLSocket) tls.createSocket(plain, endpoint.getHost(), port(), /* autoClose= */ true);
    // Lambda's runtime client switches TLS 1.0 and 1.1 on for the whole JVM.
    secured.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
  }

  private Check tlsFailure(IOException e) {
    List<Class<?>> causes =
        Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
            .<Class<?>>map(Object::getClass)
            .toList();
    if (causes.contains(CertificateExpiredException.class)
        || causes.contains(CertificateNotYetValidException.class)) {
      return badCertificate("is out of date");
    }
    if (causes.stream().anyMatch(CertPathBuilderException.class::isAssignableFrom)) {
      return badCertificate("is not signed by an authority that is trusted here");
    }
    if (causes.stream().anyMatch(CertificateException.class::isAssignableFrom)) {
      return badCertificate("is not for " + endpoint.getHost() + ", or is not trusted here");
    }
    return failed(
        e instanceof SSLException
            ? "TLS: connected, but what answered does not speak TLS 1.2 or 1.3."
            : "TLS: connected, but the connection broke during the handshake.",
        "Check the endpoint's host and port, and that no proxy intercepts TLS.");
  }

  private static Check badCertificate(String fault) {
    return failed(
        "TLS: the certificate " + fault + ".",
        "Check the endpoint's host; a self-hosted Sentry needs a certificate of a public"
            + " authority.");
  }

  private static Check failed(String seen, String action) {
    return Check.failed(Name.REACH, seen, action);
  }

  /** In fixed words: an exception's message may name what must not be shown. */
  private static String kind(IOException e) {
    return switch (e) {
      case ConnectException _ -> "the connection was refused";
      case NoRouteToHostException _ -> "there is no route to the host";
      default -> "the connection failed";
    };
  }

  private static void close(@Nullable Socket socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException _) {
      // It is given up either way.
    }
  }
}
