package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.http.HttpPost;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The exporter's way to the network: on the caller's thread. It compresses what each call brings,
 * sends the request with the last part of it, and leaves the answer in the {@link SpanCall}.
 */
final class SentryHttpSender implements HttpSender {

  private static final int ACCEPTED = 202;
  private static final int CONTENT_TOO_LARGE = 413;

  private final SentryHttp http;
  private final HttpSenderConfig config;
  private final int maxRequestBytes;
  private final String client;

  SentryHttpSender(SentryHttp http, HttpSenderConfig config, int maxRequestBytes, String client) {
    this.http = http;
    this.config = config;
    this.maxRequestBytes = maxRequestBytes;
    this.client = client;
  }

  @Override
  public void send(
      MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
    SpanCall call = SpanCall.CURRENT.get();
    GzipBody body = call.body();
    if (message.getContentLength() > maxRequestBytes - body.writtenBytes()) {
      call.setTooLarge();
      onResponse.accept(new Status(CONTENT_TOO_LARGE));
      return;
    }
    try {
      body.write(message);
      if (!call.endPart()) {
        onResponse.accept(new Status(ACCEPTED));
        return;
      }
      body.finish();
    } catch (IOException e) {
      onError.accept(e);
      return;
    }
    HttpAnswer answer = http.send(request(body), call.timeout());
    call.setAnswer(answer);
    // Not a switch: one over types is linked at run time, by method handles.
    if (answer instanceof HttpAnswer.Answered answered) {
      onResponse.accept(new Status(answered.status()));
    } else if (answer instanceof HttpAnswer.Unanswered unanswered) {
      onError.accept(new IOException(unanswered.cause().words()));
    }
  }

  private HttpPost request(GzipBody body) {
    HttpPost request =
        HttpPost.to(config.getEndpoint()).header("Content-Type", config.getContentType());
    for (Map.Entry<String, List<String>> header : config.getHeadersSupplier().get().entrySet()) {
      for (String value : header.getValue()) {
        request.header(header.getKey(), value);
      }
    }
    body.into(request.header("User-Agent", client));
    return request;
  }

  /** The connections are not this sender's own. */
  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }

  /** What the exporter gets to see; it would write a body to its log. */
  private record Status(int code) implements HttpResponse {

    private static final byte[] EMPTY = {};

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
      return EMPTY;
    }
  }
}
