package dev.sentrybroadcast.sentry;

import java.io.IOException;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** The body of one request, and how far the request has come. */
final class Exchange extends RequestBody {

  private final byte[] bytes;
  private volatile boolean sentWhole;
  private volatile HttpResult.@Nullable Response head;

  Exchange(byte[] bytes) {
    this.bytes = bytes;
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
    return call.request().body() instanceof Exchange exchange
        ? exchange.new Events()
        : EventListener.NONE;
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
