package dev.sentrybroadcast.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SentryStandInTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String OTHER_KEY = "ffffffffffffffffffffffffffffffff";
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final byte[] NO_BYTES = new byte[0];

  private final SentryStandIn sentry = SentryStandIn.start();
  private final HttpClient client = HttpClient.newHttpClient();

  SentryStandInTest() {
    sentry.allow(KEY, "42");
  }

  @AfterEach
  void close() {
    client.shutdownNow();
    sentry.close();
  }

  @Test
  void traces_accepted_zeroBytesAndDecodedSpan() throws Exception {
    HttpResponse<byte[]> answer =
        post(traces("42"), gzip(request().toByteArray()), "content-encoding", "gzip");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("content-type")).contains("application/x-protobuf");
    ReceivedSpan span = sentry.spans().getFirst();
    assertThat(span.traceId()).isEqualTo("000102030405060708090a0b0c0d0e0f");
    assertThat(span.spanId()).isEqualTo("0001020304050607");
    assertThat(span.parentSpanId()).isEmpty();
    assertThat(span.kind()).isEqualTo("CLIENT");
    assertThat(span.status()).isEqualTo("ERROR");
    assertThat(span.endEpochNanos() - span.startEpochNanos()).isEqualTo(1_000_000);
    assertThat(span.attributes())
        .isEqualTo(Map.of("text", "a", "whole", 7L, "real", 0.5, "yes", true));
    assertThat(span.resource()).containsEntry("service.name", "s");
    assertThat(span.scope()).containsEntry("name", "").containsEntry("version", "");
    assertThat(span.project()).isEqualTo("42");
    assertThat(span.publicKey()).isEqualTo(KEY);
    assertThat(sentry.requests().getFirst().body()).isEqualTo(request().toByteArray());
    assertThat(sentry.requests().getFirst().header("Content-Encoding")).isEqualTo("gzip");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/42/integration/otlp/v1/traces, 200",
    "/api/42/integration/otlp/v1/traces/, 200",
    "/api/42/otlp/v1/traces, 404",
    "/api/42/integration/otlp/v1/metrics, 404",
    "/v1/traces, 404",
    "/, 404",
    "/api/forty-two/integration/otlp/v1/traces, 400",
    "/api/43/integration/otlp/v1/traces, 403",
  })
  void traces_path_answersAsRelay(String path, int status) throws Exception {
    HttpResponse<byte[]> answer = post(URI.create(sentry.origin() + path), NO_BYTES);

    assertThat(answer.statusCode()).isEqualTo(status);
    if (status == 404) {
      assertThat(answer.body()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sentry sentry_key=0123456789abcdef0123456789abcdef | 200",
        "Sentry sentry_version=7, sentry_key=0123456789abcdef0123456789abcdef, x=y | 200",
        "sentry_key=0123456789abcdef0123456789abcdef | 401",
        "sentry sentry_client=a/1 | 401",
        "sentry sentry_version=8, sentry_key=0123456789abcdef0123456789abcdef | 400",
        "sentry sentry_key=ffffffffffffffffffffffffffffffff | 403",
        "sentry sentry_key=not-a-key | 400",
      })
  void traces_authHeader_answersAsRelay(String header, int status) throws Exception {
    assertThat(post(traces("42"), NO_BYTES, "x-sentry-auth", header).statusCode())
        .isEqualTo(status);
  }

  @Test
  void traces_unknownKey_protobufStatusNamesReason() throws Exception {
    HttpResponse<byte[]> answer =
        post(traces("42"), NO_BYTES, "x-sentry-auth", "sentry sentry_key=" + OTHER_KEY);

    assertThat(answer.headers().firstValue("content-type")).contains("application/x-protobuf");
    assertThat(answer.body()[0]).isEqualTo((byte) 0x08);
    assertThat(answer.body()[1]).isEqualTo((byte) 7);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .endsWith("event submission rejected with_reason: ProjectId");
  }

  @Test
  void traces_otherContentTypes_415OrJson() throws Exception {
    HttpResponse<byte[]> text = post(traces("42"), NO_BYTES, "content-type", "text/plain");
    HttpResponse<byte[]> json =
        post(
            traces("42"),
            "{}".getBytes(StandardCharsets.UTF_8),
            "content-type",
            "application/json; charset=utf-8");

    assertThat(text.statusCode()).isEqualTo(415);
    assertThat(new String(text.body(), StandardCharsets.UTF_8)).contains("\"code\":3");
    assertThat(json.statusCode()).isEqualTo(200);
    assertThat(new String(json.body(), StandardCharsets.UTF_8)).isEqualTo("{}");
  }

  @Test
  void traces_tooLargeWhenDecompressed_413() throws Exception {
    sentry.maxContainerBytes(100);

    assertThat(post(traces("42"), gzip(new byte[101]), "content-encoding", "gzip").statusCode())
        .isEqualTo(413);
    assertThat(post(traces("42"), gzip(new byte[100]), "content-encoding", "gzip").statusCode())
        .isEqualTo(200);
    assertThat(sentry.malformedPayloads()).isEqualTo(1);
  }

  @Test
  void refuse_fromThenOn_403() throws Exception {
    assertThat(post(traces("42"), NO_BYTES).statusCode()).isEqualTo(200);
    sentry.refuse(KEY);
    assertThat(post(traces("42"), NO_BYTES).statusCode()).isEqualTo(403);
    sentry.allow(KEY, "42");
    assertThat(post(traces("42"), NO_BYTES).statusCode()).isEqualTo(200);
  }

  @Test
  void coldFor_newKey_acceptedAndDroppedThen403() throws Exception {
    sentry.coldFor(2);
    String auth = "sentry sentry_key=" + OTHER_KEY;

    assertThat(post(traces("42"), request().toByteArray(), "x-sentry-auth", auth).statusCode())
        .isEqualTo(200);
    assertThat(post(traces("42"), NO_BYTES, "x-sentry-auth", auth).statusCode()).isEqualTo(200);
    assertThat(post(traces("42"), NO_BYTES, "x-sentry-auth", auth).statusCode()).isEqualTo(403);
    assertThat(sentry.spans()).isEmpty();
  }

  @Test
  void envelope_event_keptAndIdAnswered() throws Exception {
    String event = "{\"level\":\"error\"}";
    String body =
        "{\"event_id\":\""
            + KEY
            + "\"}\n{\"type\":\"event\",\"length\":"
            + event.length()
            + "}\n"
            + event;

    HttpResponse<byte[]> answer =
        post(
            URI.create(sentry.origin() + "/api/42/envelope/"),
            body.getBytes(StandardCharsets.UTF_8),
            "content-type",
            "application/x-sentry-envelope");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"id\":\"" + KEY + "\"}");
    ReceivedEnvelope.Item item = sentry.envelopes().getFirst().items().getFirst();
    assertThat(item.type()).isEqualTo("event");
    assertThat(item.json().field("level").orElseThrow().text()).isEqualTo("error");
  }

  @Test
  void replyNext_refusal_statusHeadersAndThenRelayAgain() throws Exception {
    sentry.replyNext(Reply.status(429, "Retry-After", "3", "X-Sentry-Rate-Limits", "3:span:key"));

    HttpResponse<byte[]> limited = post(traces("42"), NO_BYTES);

    assertThat(limited.statusCode()).isEqualTo(429);
    assertThat(limited.headers().firstValue("retry-after")).contains("3");
    assertThat(limited.headers().firstValue("x-sentry-rate-limits")).contains("3:span:key");
    assertThat(limited.body()[1]).isEqualTo((byte) 8);
    assertThat(post(traces("42"), NO_BYTES).statusCode()).isEqualTo(200);
    assertThat(sentry.attempts()).isEqualTo(2);
    assertThat(sentry.requests()).hasSize(1);
  }

  @Test
  void replyBy_seesSpans_decides() throws Exception {
    sentry.replyBy(r -> r.spans().isEmpty() ? Reply.asRelay() : Reply.status(503));

    assertThat(post(traces("42"), request().toByteArray()).statusCode()).isEqualTo(503);
    assertThat(post(traces("42"), NO_BYTES).statusCode()).isEqualTo(200);
  }

  @Test
  void replies_belowHttp_clientFails() {
    for (Reply fault :
        new Reply[] {
          Reply.closed(),
          Reply.reset(),
          Reply.halfClosed(),
          Reply.garbage(),
          new Reply.Cut(Reply.status(503), 20)
        }) {
      sentry.replyBy(_ -> fault);
      assertThatThrownBy(() -> post(traces("42"), NO_BYTES))
          .as(fault.toString())
          .isInstanceOf(IOException.class);
    }
    assertThat(sentry.requests()).isEmpty();
  }

  @Test
  void stalled_longerThanClientWaits_timesOut() {
    sentry.replyNext(Reply.stalled(Duration.ofSeconds(30)));

    assertThatThrownBy(() -> send(traces("42"), NO_BYTES, Duration.ofMillis(200)))
        .isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void slowAndStale_stillAnswer() throws Exception {
    sentry.replyNext(Reply.slow(Duration.ofMillis(1)), new Reply.Stale(Reply.asRelay()));

    assertThat(post(traces("42"), NO_BYTES).statusCode()).isEqualTo(200);
    assertThat(post(traces("42"), NO_BYTES).statusCode()).isEqualTo(200);
  }

  @Test
  void lost_keepsSpansButClientSeesNothing() {
    // JDK's client sends an idempotent request again by itself, but not a POST.
    sentry.replyNext(Reply.lost());

    assertThatThrownBy(() -> post(traces("42"), request().toByteArray()))
        .isInstanceOf(IOException.class);
    sentry.awaitSpans(1, SOON);
  }

  @Test
  void stop_refusesConnections_restartOnSamePort() throws Exception {
    int port = sentry.port();
    assertThat(post(traces("42"), NO_BYTES).statusCode()).isEqualTo(200);

    sentry.stop();
    assertThatThrownBy(() -> post(traces("42"), NO_BYTES)).isInstanceOf(ConnectException.class);

    sentry.restart();
    assertThat(sentry.port()).isEqualTo(port);
    assertThat(post(traces("42"), NO_BYTES).statusCode()).isEqualTo(200);
  }

  @Test
  void awaitSpans_tooFew_saysWhatItSaw() {
    assertThatThrownBy(() -> sentry.awaitSpans(1, Duration.ofMillis(50)))
        .isInstanceOf(AssertionError.class)
        .hasMessage("waited 50 ms for 1 spans; seen: 0 spans");
  }

  private URI traces(String project) {
    return sentry.tracesEndpoint(project);
  }

  private HttpResponse<byte[]> post(URI uri, byte[] body, String... headers) throws Exception {
    return send(uri, body, SOON, headers);
  }

  private HttpResponse<byte[]> send(URI uri, byte[] body, Duration limit, String... headers)
      throws Exception {
    java.net.http.HttpRequest.Builder request =
        java.net.http.HttpRequest.newBuilder(uri)
            .timeout(limit)
            .header("content-type", "application/x-protobuf")
            .header("x-sentry-auth", "sentry sentry_key=" + KEY)
            .POST(BodyPublishers.ofByteArray(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    }
    return compressed.toByteArray();
  }

  private static ExportTraceServiceRequest request() {
    byte[] id = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
    Span span =
        Span.newBuilder()
            .setTraceId(ByteString.copyFrom(id))
            .setSpanId(ByteString.copyFrom(id, 0, 8))
            .setName("a span")
            .setKind(Span.SpanKind.SPAN_KIND_CLIENT)
            .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
            .setStartTimeUnixNano(1_000_000)
            .setEndTimeUnixNano(2_000_000)
            .addAttributes(attribute("text", AnyValue.newBuilder().setStringValue("a")))
            .addAttributes(attribute("whole", AnyValue.newBuilder().setIntValue(7)))
            .addAttributes(attribute("real", AnyValue.newBuilder().setDoubleValue(0.5)))
            .addAttributes(attribute("yes", AnyValue.newBuilder().setBoolValue(true)))
            .build();
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .setResource(
                    Resource.newBuilder()
                        .addAttributes(
                            attribute("service.name", AnyValue.newBuilder().setStringValue("s"))))
                .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
        .build();
  }

  private static KeyValue attribute(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }
}
