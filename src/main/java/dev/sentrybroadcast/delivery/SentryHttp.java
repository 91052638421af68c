package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.http.Answer;
import dev.sentrybroadcast.http.BodyBound;
import dev.sentrybroadcast.http.HttpConnection;
import dev.sentrybroadcast.http.HttpPost;
import dev.sentrybroadcast.http.IdleConnections;
import dev.sentrybroadcast.http.NameLookup;
import dev.sentrybroadcast.http.NameResolver;
import dev.sentrybroadcast.http.Origin;
import dev.sentrybroadcast.http.TimeLimit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The one HTTP client of an execution environment: HTTP/1.1 over TLS 1.2 or 1.3, no redirects,
 * every request bounded in time and every answer in size. Safe to use from several threads.
 */
final class SentryHttp implements AutoCloseable {

  /** The time is how long to wait for a body once the status is known: it decides nothing. */
  private static final BodyBound BODY = new BodyBound(8 * 1024, 1_000);

  /** Of TCP alone: with little memory, and so little CPU, TLS itself can take seconds. */
  private static final long CONNECT_MILLIS = 5_000;

  private final LongSupplier nanos;
  private final NameResolver resolver;
  private final @Nullable SSLSocketFactory tls;
  private final IdleConnections idle;

  SentryHttp(InstantSource clock, LongSupplier nanos) {
    this(clock, nanos, new SystemNames(), null);
  }

  /**
   * A client with a name service and a trust of its own.
   *
   * @param tls null for the JVM's own, which is loaded when it is needed
   */
  SentryHttp(
      InstantSource clock,
      LongSupplier nanos,
      NameResolver resolver,
      @Nullable SSLSocketFactory tls) {
    this.nanos = nanos;
    this.resolver = resolver;
    this.tls = tls;
    idle = new IdleConnections(clock);
  }

  /**
   * Sends the request, and sends it again at once where the connection was a kept one that Sentry
   * had closed. A request that arrives twice is harmless, its ids are the same.
   *
   * <p>An interrupt does not end a read or a write on a platform thread; the timeout does.
   */
  HttpAnswer send(HttpPost request, Duration timeout) {
    TimeLimit limit = TimeLimit.in(timeout, nanos);
    if (Thread.currentThread().isInterrupted()) {
      return new HttpAnswer.Unanswered(HttpAnswer.Cause.INTERRUPTED);
    }
    HttpConnection kept = idle.take(request.origin());
    if (kept != null) {
      try {
        return exchange(kept, request, limit);
      } catch (IOException e) {
        boolean stale = kept.isSilent() && !(e instanceof SocketTimeoutException);
        if (!stale || limit.isOver() || Thread.currentThread().isInterrupted()) {
          return unanswered(e, HttpAnswer.Cause.RESET, limit);
        }
      }
    }
    HttpConnection opened;
    try {
      opened = connect(request.origin(), limit);
    } catch (IOException e) {
      return unanswered(e, HttpAnswer.Cause.CONNECT, limit);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new HttpAnswer.Unanswered(HttpAnswer.Cause.INTERRUPTED);
    }
    try {
      if (request.origin().tls()) {
        secure(opened, limit);
      }
      return exchange(opened, request, limit);
    } catch (IOException e) {
      return unanswered(e, HttpAnswer.Cause.RESET, limit);
    }
  }

  /**
   * Has a connection ready for the next request to the origin, where none is kept. What goes wrong
   * is left to that request, which tells it.
   */
  void connectAhead(Origin origin, Duration timeout) {
    HttpConnection kept = idle.take(origin);
    if (kept != null) {
      idle.keep(kept);
      return;
    }
    TimeLimit limit = TimeLimit.in(timeout, nanos);
    try {
      HttpConnection opened = connect(origin, limit);
      if (origin.tls()) {
        secure(opened, limit);
      }
      idle.keep(opened);
    } catch (IOException _) {
      // As above.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpConnection connect(Origin origin, TimeLimit limit)
      throws IOException, InterruptedException {
    TimeLimit sooner = limit.atMost(CONNECT_MILLIS);
    InetAddress[] addresses =
        origin.isAddress()
            ? InetAddress.getAllByName(origin.host())
            : NameLookup.of(resolver, origin.host(), sooner);
    return HttpConnection.connect(origin, addresses, sooner);
  }

  private void secure(HttpConnection connection, TimeLimit limit) throws IOException {
    boolean secured = false;
    try {
      connection.secure(
          tls == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : tls, limit);
      secured = true;
    } finally {
      if (!secured) {
        connection.close();
      }
    }
  }

  /** The connection is kept, or closed. */
  private HttpAnswer exchange(HttpConnection connection, HttpPost request, TimeLimit limit)
      throws IOException {
    boolean reusable = false;
    try {
      Answer answer = connection.post(request, limit, BODY);
      reusable = answer.reusable();
      return new HttpAnswer.Answered(
          answer.status(), answer.headers(), new AnswerBody(answer.body()));
    } finally {
      if (reusable) {
        idle.keep(connection);
      } else {
        connection.close();
      }
    }
  }

  private static HttpAnswer unanswered(
      IOException failure, HttpAnswer.Cause otherwise, TimeLimit limit) {
    if (Thread.currentThread().isInterrupted()) {
      return new HttpAnswer.Unanswered(HttpAnswer.Cause.INTERRUPTED);
    }
    if (limit.isOver()) {
      return new HttpAnswer.Unanswered(HttpAnswer.Cause.TIMEOUT);
    }
    for (Throwable t = failure; t != null; t = t.getCause()) {
      HttpAnswer.Cause cause = cause(t);
      if (cause != null) {
        return new HttpAnswer.Unanswered(cause);
      }
    }
    return new HttpAnswer.Unanswered(otherwise);
  }

  private static HttpAnswer.@Nullable Cause cause(Throwable failure) {
    if (failure instanceof SocketTimeoutException) {
      return HttpAnswer.Cause.TIMEOUT;
    }
    if (failure instanceof UnknownHostException) {
      return HttpAnswer.Cause.DNS;
    }
    if (failure instanceof SSLException) {
      return HttpAnswer.Cause.TLS;
    }
    return failure instanceof ProtocolException ? HttpAnswer.Cause.PROTOCOL : null;
  }

  @Override
  public void close() {
    idle.close();
  }

  /** Not a method reference: linking one takes longer than loading this, where it is the first. */
  private static final class SystemNames implements NameResolver {
    @Override
    public InetAddress[] addresses(String host) throws UnknownHostException {
      return InetAddress.getAllByName(host);
    }
  }
}
