package dev.sentrybroadcast.sentry;

import dev.sentrybroadcast.sentry.HttpResult.Cause;
import dev.sentrybroadcast.sentry.HttpResult.NoResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client for everything that is sent to Sentry. It speaks HTTP/1.1, over TLS 1.2 or 1.3
 * where the URL is https, follows no redirect and uses no proxy. Thread-safe.
 *
 * <p>A request goes to the next address of the host when one is dead or does not speak TLS. It is
 * sent a second time, on a new connection, when a kept connection turns out to be closed. That is
 * the normal case after Lambda has frozen the process. A request that arrives twice is harmless,
 * because its span ids are the same.
 */
public final class SentryHttpClient implements AutoCloseable {

  /** The most of a response body that is read. */
  public static final int MAX_BODY_BYTES = 64 * 1024;

  private static final Duration BODY_TIME = Duration.ofSeconds(1);
  private static final Duration CONNECT_TIME = Duration.ofSeconds(3);
  private static final Duration KEEP_ALIVE = Duration.ofMinutes(5);
  private static final int MAX_IDLE_CONNECTIONS = 10;

  private final OkHttpClient client;

  /** A look-up cannot be interrupted. It runs here, so that the caller can leave it behind. */
  private final ExecutorService threads;

  /** A client that trusts the JVM's certificate authorities. */
  public SentryHttpClient(NameResolver names) {
    this(names, null);
  }

  /**
   * A client with certificate authorities of its own.
   *
   * @param authorities null for those of the JVM
   */
  public SentryHttpClient(NameResolver names, @Nullable KeyStore authorities) {
    this(
        builder(TlsSockets.trusting(authorities)),
        names,
        Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("http-", 0).factory()));
  }

  private SentryHttpClient(
      OkHttpClient.Builder builder, NameResolver names, ExecutorService threads) {
    this.threads = threads;
    client =
        builder
            .dns(dns(names))
            .connectionPool(
                new ConnectionPool(MAX_IDLE_CONNECTIONS, KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS))
            .build();
  }

  private static OkHttpClient.Builder builder(TlsSockets tls) {
    return new OkHttpClient.Builder()
        .protocols(List.of(Protocol.HTTP_1_1))
        .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT))
        .sslSocketFactory(tls, tls.trust())
        .eventListenerFactory(Exchange::eventsOf)
        .proxy(Proxy.NO_PROXY)
        .followRedirects(false)
        .followSslRedirects(false)
        .connectTimeout(CONNECT_TIME)
        // The caller's deadline cancels the call.
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO);
  }

  /** A client that looks up hosts by other means, with connections of its own. */
  public SentryHttpClient withNames(NameResolver names) {
    return new SentryHttpClient(client.newBuilder(), names, threads);
  }

  private static Dns dns(NameResolver names) {
    return host -> {
      List<InetAddress> addresses = names.addresses(host);
      if (addresses.isEmpty()) {
        throw new UnknownHostException();
      }
      return addresses;
    };
  }

  /**
   * Sends a POST request and reads the response. Never throws for what the network or the other end
   * does.
   *
   * @param timeout for everything: name look-up, connection, TLS, request and response
   * @throws IllegalArgumentException when a header is not one
   */
  public HttpResult post(URI uri, Map<String, String> headers, byte[] body, Duration timeout) {
    HttpUrl url = HttpUrl.get(uri);
    if (url == null) {
      return new NoResponse(Cause.INVALID_URL);
    }
    Exchange exchange = new Exchange(body);
    Request.Builder request = new Request.Builder().url(withoutTrailingDot(url)).post(exchange);
    // Else the client would ask for gzip, and decompress it.
    request.header("Accept-Encoding", "identity");
    headers.forEach(request::header);
    Call call = client.newCall(request.build());
    HttpResult result = await(call, threads.submit(() -> response(call, exchange)), timeout);
    HttpResult.Response head = exchange.head();
    // Its status is all that counts, whatever went wrong after it.
    return result instanceof NoResponse && head != null ? head : result;
  }

  /** Java sends no SNI for a name with a trailing dot, and certificates are for names without. */
  private static HttpUrl withoutTrailingDot(HttpUrl url) {
    String host = url.host();
    return host.endsWith(".")
        ? url.newBuilder().host(host.substring(0, host.length() - 1)).build()
        : url;
  }

  private static HttpResult await(Call call, Future<HttpResult> response, Duration timeout) {
    try {
      return response.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      call.cancel();
      return new NoResponse(Cause.TIMEOUT);
    } catch (InterruptedException _) {
      call.cancel();
      Thread.currentThread().interrupt();
      return new NoResponse(Cause.INTERRUPTED);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        return new NoResponse(cause(failure));
      }
      throw new IllegalStateException("a bug in the HTTP client", e.getCause());
    }
  }

  private static HttpResult response(Call call, Exchange exchange) throws IOException {
    try (Response response = call.execute()) {
      return exchange.result(response, beginning(response.body().source()));
    }
  }

  private static byte[] beginning(BufferedSource body) throws IOException {
    body.timeout().deadline(BODY_TIME.toMillis(), TimeUnit.MILLISECONDS);
    try {
      body.request(MAX_BODY_BYTES);
    } catch (IOException _) {
      // The status is known. What has come of the body is enough.
    }
    return body.getBuffer().readByteArray(Math.min(body.getBuffer().size(), MAX_BODY_BYTES));
  }

  private static Cause cause(IOException failure) {
    return switch (failure) {
      case NameResolver.RefusedAddressException _ -> Cause.REFUSED_ADDRESS;
      case UnknownHostException _ -> Cause.DNS;
      case InterruptedIOException _ -> Cause.TIMEOUT;
      case ConnectException _, NoRouteToHostException _ -> Cause.CONNECT;
      case SSLException _ -> Cause.TLS;
      case ProtocolException _ -> Cause.PROTOCOL;
      default -> Cause.RESET;
    };
  }

  /**
   * Closes the kept connections. To be called before a snapshot of the process, because the other
   * end will have closed them by the time that it is restored.
   */
  public void evictConnections() {
    client.connectionPool().evictAll();
  }

  /** Closes the kept connections. The threads are daemons, and end when they are idle. */
  @Override
  public void close() {
    evictConnections();
  }
}
