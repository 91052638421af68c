package dev.sentrybroadcast.delivery;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The exporter's way to the network: on the caller's thread, one request for each call, compressed
 * here, and with the answer left in the {@link SpanCall}.
 */
final class SentryHttpSender implements HttpSender {

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
    if (message.getContentLength() > maxRequestBytes) {
      call.setTooLarge();
      onResponse.accept(new Status(CONTENT_TOO_LARGE));
      return;
    }
    GzipBody body;
    try {
      body = GzipBody.of(message::writeMessage, message.getContentLength());
    } catch (IOException e) {
      onError.accept(e);
      return;
    }
    HttpAnswer answer = http.send(request(body), call.timeout());
    call.setAnswer(answer, body.length());
    switch (answer) {
      case HttpAnswer.Answered(int status, _, _) -> onResponse.accept(new Status(status));
      case HttpAnswer.Unanswered(HttpAnswer.Cause cause) ->
          onError.accept(new IOException(cause.words()));
    }
  }

  private HttpRequest request(GzipBody body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(config.getEndpoint())
            .POST(body.publisher())
            .setHeader("Content-Type", config.getContentType())
            .setHeader("Content-Encoding", "gzip");
    for (Map.Entry<String, List<String>> header : config.getHeadersSupplier().get().entrySet()) {
      for (String value : header.getValue()) {
        request.setHeader(header.getKey(), value);
      }
    }
    return request.setHeader("User-Agent", client).build();
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
