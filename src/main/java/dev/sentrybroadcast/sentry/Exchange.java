package dev.sentrybroadcast.sentry;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** The body of one request, and how far the request has come. */
final class Exchange extends RequestBody {

  private final byte[] bytes;
  private final boolean connectsOnly;
  private volatile Reach.Step step = Reach.Step.DNS;
  private volatile @Nullable IOException failure;
  private volatile boolean sentWhole;
  private volatile HttpResult.@Nullable Response head;

  /**
   * Nothing is sent yet.
   *
   * @param connectsOnly whether the call is to end once it has a connection
   */
  Exchange(byte[] bytes, boolean connectsOnly) {
    this.bytes = bytes;
    this.connectsOnly = connectsOnly;
  }

  /** How far the connection has come; {@code cause} is why the call ended. */
  Reach reach(HttpResult.Cause cause) {
    // A call that was given up fails once more.
    return new Reach(step, cause, cause == HttpResult.Cause.TIMEOUT ? null : failure);
  }

  /** The response without its body, as soon as its headers have come. */
  HttpResult.@Nullable Response head() {
    return head;
  }

  HttpResult.Response result(Response response, byte[] body) {
    return new HttpResult.Response(
        response.code(), response.headers().toMultimap(), body, sentWhole);
  }

  /** What tells the exchange of a call how far it has come. */
  static EventListener eventsOf(Call call) {
    Exchange exchange = call.request().tag(Exchange.class);
    return exchange == null ? EventListener.NONE : exchange.new Events();
  }

  @Override
  public @Nullable MediaType contentType() {
    return null; // A header of the request says it.
  }

  @Override
  public long contentLength() {
    return bytes.length;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sink.write(bytes);
  }

  /**
   * Whether OkHttp must not send it again. After a response it must not: it would repeat a request
   * that was answered with 408, or with 503 and {@code Retry-After: 0}, and hide that response.
   */
  @Override
  public boolean isOneShot() {
    return head != null;
  }

  private final class Events extends EventListener {

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
      step = Reach.Step.CONNECT;
      failure = null;
    }

    @Override
    public void secureConnectStart(Call call) {
      step = Reach.Step.TLS;
    }

    @Override
    public void connectFailed(
        Call call,
        InetSocketAddress address,
        Proxy proxy,
        @Nullable Protocol protocol,
        IOException ioe) {
      failure = ioe;
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
      step = Reach.Step.CONNECTED;
      if (connectsOnly) {
        call.cancel();
      }
    }

    @Override
    public void requestHeadersStart(Call call) {
      sentWhole = false;
    }

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
      sentWhole = true;
    }

    @Override
    public void requestFailed(Call call, IOException failure) {
      sentWhole = false;
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
      head = result(response, new byte[0]);
    }
  }
}
