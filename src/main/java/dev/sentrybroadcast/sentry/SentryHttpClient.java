package dev.sentrybroadcast.sentry;

import dev.sentrybroadcast.sentry.HttpResult.Cause;
import dev.sentrybroadcast.sentry.HttpResult.NoResponse;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.security.KeyStore;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
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

  /** Which hosts may be sent to; null for all. */
  private final @Nullable AllowedHosts hosts;

  /**
   * By the addresses that they connect to. They share a pool, but not its connections: each belongs
   * to the look-up that it was made by.
   */
  private final Map<AddressPolicy, OkHttpClient> clients = new EnumMap<>(AddressPolicy.class);

  /** A look-up cannot be interrupted. It runs here, so that the caller can leave it behind. */
  private final ExecutorService threads;

  /**
   * A client.
   *
   * @param hosts the hosts that may be sent to, at the addresses that they may have; null for all
   * @param authorities the certificate authorities to trust; null for those of the JVM
   */
  public SentryHttpClient(
      NameResolver names, @Nullable AllowedHosts hosts, @Nullable KeyStore authorities) {
    this(builder(TlsSockets.trusting(authorities)).build(), names, hosts, threads());
  }

  private SentryHttpClient(
      OkHttpClient shared,
      NameResolver names,
      @Nullable AllowedHosts hosts,
      ExecutorService threads) {
    this.hosts = hosts;
    this.threads = threads;
    for (AddressPolicy policy : AddressPolicy.values()) {
      clients.put(policy, shared.newBuilder().dns(names.within(policy)::addresses).build());
    }
  }

  private static ExecutorService threads() {
    return Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("http-", 0).factory());
  }

  private static OkHttpClient.Builder builder(TlsSockets tls) {
    return new OkHttpClient.Builder()
        .protocols(List.of(Protocol.HTTP_1_1))
        .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT))
        .sslSocketFactory(tls, tls.trust())
        .eventListenerFactory(Exchange::eventsOf)
        .connectionPool(
            new ConnectionPool(MAX_IDLE_CONNECTIONS, KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS))
        .proxy(Proxy.NO_PROXY)
        .followRedirects(false)
        .followSslRedirects(false)
        .connectTimeout(CONNECT_TIME)
        // The caller's deadline cancels the call.
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO);
  }

  /** A client that looks up hosts by other means, and makes connections of its own. */
  public SentryHttpClient withNames(NameResolver names) {
    return new SentryHttpClient(client(AddressPolicy.ANY), names, hosts, threads);
  }

  private OkHttpClient client(AddressPolicy policy) {
    return Objects.requireNonNull(clients.get(policy));
  }

  /**
   * Sends a POST request and reads the response. Never throws for what the network or the other end
   * does.
   *
   * @param timeout for everything: name look-up, connection, TLS, request and response
   * @throws IllegalArgumentException when a header is not one
   */
  public HttpResult post(URI uri, Map<String, String> headers, byte[] body, Duration timeout) {
    Exchange exchange = new Exchange(body, /* connectsOnly= */ false);
    Request.Builder request = new Request.Builder().post(exchange);
    headers.forEach(request::header);
    return send(uri, request, exchange, timeout);
  }

  /**
   * Opens a connection by a HEAD request to the host, and keeps it for the next request. A failure
   * is left to that request.
   */
  public void connect(URI uri, Duration timeout) {
    send(uri.resolve("/"), new Request.Builder().head(), new Exchange(new byte[0], false), timeout);
  }

  /** Connects to the host and sends nothing. */
  public Reach reach(URI uri, Duration timeout) {
    Exchange exchange = new Exchange(new byte[0], /* connectsOnly= */ true);
    HttpResult result = send(uri, new Request.Builder().head(), exchange, timeout);
    return exchange.reach(result instanceof NoResponse(Cause cause) ? cause : Cause.PROTOCOL);
  }

  private HttpResult send(URI uri, Request.Builder request, Exchange exchange, Duration timeout) {
    HttpUrl url = HttpUrl.get(uri);
    if (url == null) {
      return new NoResponse(Cause.INVALID_URL);
    }
    AddressPolicy policy = policy(uri);
    if (policy == null) {
      return new NoResponse(Cause.REFUSED_ADDRESS);
    }
    // Without this header the client would ask for gzip, and decompress it.
    request
        .url(withoutTrailingDot(url))
        .header("Accept-Encoding", "identity")
        .tag(Exchange.class, exchange);
    Call call = client(policy).newCall(request.build());
    HttpResult result = await(call, threads.submit(() -> response(call, exchange)), timeout);
    HttpResult.Response head = exchange.head();
    // Only its status counts, whatever went wrong after it.
    return result instanceof NoResponse && head != null ? head : result;
  }

  /** Null if the URI must not be sent to. */
  private @Nullable AddressPolicy policy(URI uri) {
    if (hosts == null) {
      return AddressPolicy.ANY;
    }
    return hosts.permits(uri) instanceof EndpointCheck.Accepted(_, AddressPolicy policy, _)
        ? policy
        : null;
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
      // The future does not look for an interrupt once it is done.
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
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
        return new NoResponse(Cause.of(failure));
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

  /**
   * Closes the kept connections. To be called before a snapshot of the process, because the other
   * end will have closed them by the time that it is restored.
   */
  public void evictConnections() {
    clients.values().forEach(client -> client.connectionPool().evictAll());
  }

  /** Closes the kept connections. The threads are daemons, and end when they are idle. */
  @Override
  public void close() {
    evictConnections();
  }
}
