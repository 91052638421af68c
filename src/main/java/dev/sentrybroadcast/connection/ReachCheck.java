package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.connection.Check.Name;
import dev.sentrybroadcast.sentry.NameResolver;
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
  private final String host;
  private final NameResolver names;
  private final SSLSocketFactory tls;

  /** What to report when the time is over during the current step. */
  private volatile Check timedOut;

  private volatile Socket socket = new Socket();

  /**
   * A check of the endpoint.
   *
   * @param names refuses addresses that must not be connected to
   */
  ReachCheck(URI endpoint, NameResolver names, SSLSocketFactory tls) {
    this.endpoint = endpoint;
    this.host = endpoint.getHost();
    this.names = names;
    this.tls = tls;
    timedOut = failed("DNS: no answer for " + host + " within the time limit.", HOST_ACTION);
  }

  /**
   * What was found.
   *
   * @param addresses the checked addresses of the host; empty if it was not reached
   */
  record Result(Check check, List<InetAddress> addresses) {}

  Result run(Duration timeLimit) throws InterruptedException {
    // FutureTask.get does not look for an interrupt where the steps have already ended.
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    FutureTask<Result> steps = new FutureTask<>(this::resolve);
    Thread.ofPlatform().daemon().name("reach").start(steps);
    try {
      return steps.get(timeLimit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      return new Result(timedOut, List.of());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      close();
    }
  }

  private Result resolve() {
    Check fault;
    try {
      return connect(names.addresses(host));
    } catch (NameResolver.RefusedAddressException _) {
      fault =
          failed(
              "DNS: " + host + " is at an address that is not on the public internet.",
              "If that is meant, the operator lists http://host:port in ALLOWED_ENDPOINT_HOSTS.");
    } catch (UnknownHostException _) {
      fault = failed("DNS: no address for " + host + ".", HOST_ACTION);
    }
    return new Result(fault, List.of());
  }

  private Result connect(List<InetAddress> addresses) {
    boolean secure = endpoint.getScheme().equals("https");
    int port = endpoint.getPort() >= 0 ? endpoint.getPort() : secure ? 443 : 80;
    Check noAnswer = failed("Connect: no answer within the time limit.", NETWORK_ACTION);
    Check fault = noAnswer;
    for (InetAddress address : addresses) {
      timedOut = noAnswer;
      boolean connected = false;
      try (Socket plain = new Socket()) {
        socket = plain;
        plain.connect(new InetSocketAddress(address, port), MILLIS_PER_ADDRESS);
        connected = true;
        if (secure) {
          timedOut =
              failed(
                  "TLS: connected, but the handshake did not end within the time limit.",
                  NETWORK_ACTION);
          handshake(plain, port);
        }
        String seen =
            secure
                ? "Resolved, connected, and the certificate is valid for " + host + "."
                : "Resolved and connected, without TLS.";
        return new Result(Check.passed(Name.REACH, seen), addresses);
      } catch (SocketTimeoutException _) {
        fault = timedOut;
      } catch (IOException e) {
        fault = connected ? tlsFailure(e) : connectFailure(e);
      }
    }
    return new Result(fault, List.of());
  }

  private void handshake(Socket plain, int port) throws IOException {
    SSLSocket secured = (SSLSocket) tls.createSocket(plain, host, port, /* autoClose= */ true);
    // Lambda's runtime client switches TLS 1.0 and 1.1 on for the whole JVM.
    secured.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
  }

  /** In fixed words: an exception's message may name what must not be shown. */
  private static Check connectFailure(IOException e) {
    String kind =
        switch (e) {
          case ConnectException _ -> "the connection was refused";
          case NoRouteToHostException _ -> "there is no route to the host";
          default -> "the connection failed";
        };
    return failed("Connect: " + kind + ".", NETWORK_ACTION);
  }

  private Check tlsFailure(IOException e) {
    List<Throwable> causes =
        Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause).toList();
    String certificate =
        hasAny(causes, CertificateExpiredException.class, CertificateNotYetValidException.class)
            ? "is out of date"
            : hasAny(causes, CertPathBuilderException.class)
                ? "is not signed by an authority that is trusted here"
                : hasAny(causes, CertificateException.class)
                    ? "is not for " + host + ", or is not trusted here"
                    : null;
    if (certificate != null) {
      return failed(
          "TLS: the certificate " + certificate + ".",
          "Check the endpoint's host; a self-hosted Sentry needs a certificate of a public"
              + " authority.");
    }
    return failed(
        e instanceof SSLException
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

  private void close() {
    try {
      socket.close();
    } catch (IOException _) {
      // It is given up either way.
    }
  }
}
