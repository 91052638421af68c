package dev.sentrybroadcast.delivery;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The one HTTP client of an execution environment: HTTP/1.1 over TLS 1.2 or 1.3, no redirects,
 * every request bounded in time and every answer in size.
 */
final class SentryHttp implements AutoCloseable {

  static final int MAX_BODY_BYTES = 8 * 1024;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** How long to wait for a body once the status is known: it decides nothing. */
  private static final Duration BODY_TIMEOUT = Duration.ofSeconds(1);

  /**
   * Below the client's own keep-alive of 30 s. Connections that were idle for longer, by the wall
   * clock, may have died unseen while the environment was frozen, or be a snapshot's.
   */
  private static final long IDLE_MILLIS = 25_000;

  private final InstantSource clock;
  private final LongSupplier nanos;

  /** Origins that answered: a later request to one may get a connection that it has closed. */
  private final Set<String> answered = ConcurrentHashMap.newKeySet();

  private HttpClient client;
  private long lastUsedMillis;

  SentryHttp(InstantSource clock, LongSupplier nanos) {
    this.clock = clock;
    this.nanos = nanos;
    client = newClient();
    lastUsedMillis = clock.millis();
  }

  private static HttpClient newClient() {
    SSLParameters tls = new SSLParameters();
    // The Lambda runtime for Java re-enables TLS 1.0 and 1.1 in the JVM's security properties.
    tls.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT_TIMEOUT)
        .sslParameters(tls)
        .build();
  }

  private synchronized HttpClient client() {
    long now = clock.millis();
    if (now - lastUsedMillis > IDLE_MILLIS) {
      // In order: what another thread still has on the way goes on.
      client.shutdown();
      client = newClient();
      answered.clear();
    }
    lastUsedMillis = now;
    return client;
  }

  /**
   * Sends the request, and sends it again at once where the connection may have been a pooled one
   * that Sentry had closed: the JDK's client does not repeat a POST by itself. A request that
   * arrives twice is harmless, its ids are the same.
   */
  HttpAnswer send(HttpRequest request, Duration timeout) {
    String origin = origin(request.uri());
    boolean pooled = answered.contains(origin);
    long start = nanos.getAsLong();
    HttpAnswer answer = sendOnce(request, timeout);
    if (pooled && isStaleConnection(answer)) {
      Duration left = timeout.minusNanos(nanos.getAsLong() - start);
      if (left.isPositive()) {
        answer = sendOnce(request, left);
      }
    }
    if (answer instanceof HttpAnswer.Answered) {
      answered.add(origin);
    }
    return answer;
  }

  private static String origin(URI uri) {
    return uri.getScheme() + "://" + uri.getAuthority();
  }

  private static boolean isStaleConnection(HttpAnswer answer) {
    return answer instanceof HttpAnswer.Unanswered(HttpAnswer.Cause cause)
        && (cause == HttpAnswer.Cause.RESET || cause == HttpAnswer.Cause.TLS);
  }

  private HttpAnswer sendOnce(HttpRequest request, Duration timeout) {
    long end = nanos.getAsLong() + timeout.toNanos();
    CompletableFuture<ResponseInfo> head = new CompletableFuture<>();
    BoundedBody body = new BoundedBody(MAX_BODY_BYTES);
    CompletableFuture<HttpResponse<byte[]>> response =
        client()
            .sendAsync(
                request,
                info -> {
                  head.complete(info);
                  return body;
                });
    CompletableFuture<?> _ =
        response.whenComplete((_, failure) -> {
          if (failure != null) {
            head.completeExceptionally(failure);
          }
        });
    try {
      // HttpRequest.timeout would end with the headers, and leave a slow body unbounded.
      ResponseInfo info = head.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      awaitBody(response, Math.min(BODY_TIMEOUT.toNanos(), end - nanos.getAsLong()));
      return new HttpAnswer.Answered(
          info.statusCode(), info.headers(), new AnswerBody(body.received()));
    } catch (ExecutionException e) {
      return new HttpAnswer.Unanswered(cause(e.getCause()));
    } catch (TimeoutException _) {
      return new HttpAnswer.Unanswered(HttpAnswer.Cause.TIMEOUT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new HttpAnswer.Unanswered(HttpAnswer.Cause.INTERRUPTED);
    } finally {
      response.cancel(true);
    }
  }

  /** A body that is late, cut off or broken takes nothing from the status that came before it. */
  private static void awaitBody(CompletableFuture<?> response, long nanos)
      throws InterruptedException {
    try {
      response.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException _) {
      // What came of it is kept.
    }
  }

  private static HttpAnswer.Cause cause(@Nullable Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      switch (t) {
        case HttpTimeoutException _ -> {
          return HttpAnswer.Cause.TIMEOUT;
        }
        case UnknownHostException _ -> {
          return HttpAnswer.Cause.DNS;
        }
        case UnresolvedAddressException _ -> {
          return HttpAnswer.Cause.DNS;
        }
        case SSLException _ -> {
          return HttpAnswer.Cause.TLS;
        }
        case ProtocolException _ -> {
          return HttpAnswer.Cause.PROTOCOL;
        }
        default -> {}
      }
    }
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ConnectException) {
        return HttpAnswer.Cause.CONNECT;
      }
      if (t instanceof IOException) {
        return HttpAnswer.Cause.RESET;
      }
    }
    return HttpAnswer.Cause.PROTOCOL;
  }

  synchronized String[] tlsProtocols() {
    return client.sslParameters().getProtocols();
  }

  @Override
  public synchronized void close() {
    client.shutdownNow();
  }
}
