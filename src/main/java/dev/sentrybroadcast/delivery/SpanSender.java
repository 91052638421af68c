package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.sentry.HttpResult;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request of OpenTelemetry's exporter, on the caller's thread, and keeps the result. The
 * exporter's own result has neither the status nor the headers.
 */
final class SpanSender implements HttpSender {

  private final Function<byte[], HttpResult> post;
  private final LongSupplier nanos;
  private @Nullable Sent sent;

  /**
   * Sends nothing yet.
   *
   * @param post sends a compressed body
   */
  SpanSender(Function<byte[], HttpResult> post, LongSupplier nanos) {
    this.post = post;
    this.nanos = nanos;
  }

  /**
   * A request that was sent.
   *
   * @param bodyBytes as compressed
   * @param time of the HTTP exchange alone
   */
  record Sent(HttpResult result, int bodyBytes, Duration time) {}

  /** The last request; null when the exporter sent none. */
  @Nullable Sent sent() {
    return sent;
  }

  @Override
  public void send(
      MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
    byte[] body = Gzip.compress(message::writeMessage);
    long start = nanos.getAsLong();
    HttpResult result = post.apply(body);
    sent = new Sent(result, body.length, Duration.ofNanos(nanos.getAsLong() - start));
    switch (result) {
      case HttpResult.Response response -> onResponse.accept(new Status(response.status()));
      case HttpResult.NoResponse(HttpResult.Cause cause) ->
          onError.accept(new IOException(cause.words()));
    }
  }

  /** The connections are not this sender's own. */
  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }

  /** What the exporter gets to see. It would log a body. */
  private record Status(int code) implements HttpResponse {

    @Override
    public int getStatusCode() {
      return code;
    }

    @Override
    public String getStatusMessage() {
      return "";
    }

    @Override
    public byte[] getResponseBody() {
      return new byte[0];
    }
  }
}
