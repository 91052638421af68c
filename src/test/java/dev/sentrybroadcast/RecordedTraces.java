package dev.sentrybroadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.genai.GenerationSpans;
import dev.sentrybroadcast.genai.SpanTree;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.TelemetryRecord;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.KeySource;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.intake.RecordDecoder;
import dev.sentrybroadcast.sentry.ErrorEvent;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Spans of OTLP/JSON, from the text of a message to what is sent. */
final class RecordedTraces {

  private static final RecordDecoder DECODER =
      new RecordDecoder(
          () -> new KeySource.Secret.Unavailable("none"),
          Duration.ofMinutes(5),
          InstantSource.system());
  private static final GenerationSpans SPANS = new GenerationSpans("sentry-broadcast", "1.2.3");

  private RecordedTraces() {}

  static @Nullable String transaction(String... given) {
    ErrorEvent event = tree(String.join(",", given)).errorEvent();
    return Objects.requireNonNull(event).transaction();
  }

  static Map<String, Object> attributes(String given) {
    return attributes(given, PrivacyMode.OFF);
  }

  static Map<String, Object> attributes(String given, PrivacyMode mode) {
    return attributes(tree(record(given), mode).spans().getFirst());
  }

  static Map<String, Object> attributes(SpanData span) {
    Map<String, Object> attributes = new HashMap<>();
    span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
    return attributes;
  }

  static TelemetryRecord record(String attributes) {
    return decode(
        request(span(1, null, "chat", "\"attributes\":[" + attributes + "," + chat() + "]")));
  }

  static SpanTree tree(String given) {
    return tree(decode(request(given)), PrivacyMode.OFF);
  }

  static SpanTree tree(TelemetryRecord record, PrivacyMode mode) {
    return SPANS.spans(record, mode, new ContentLimits(65_536, 524_288));
  }

  static TelemetryRecord decode(String body) {
    List<Decoded> decoded = DECODER.decode(new QueuedMessage("m", body, 1L, null, null));
    assertThat(decoded).hasSize(1);
    return ((Decoded.Valid) decoded.getFirst()).record();
  }

  static String chat() {
    return attribute("gen_ai.operation.name", "{\"stringValue\":\"chat\"}");
  }

  static String attribute(String key, String value) {
    return "{\"key\":\"" + key + "\",\"value\":" + value + "}";
  }

  static String span(int id, @Nullable Integer parent, String name, String more) {
    return "{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\""
        + "%016x".formatted(id)
        + "\",\"parentSpanId\":\""
        + (parent == null ? "" : "%016x".formatted(parent))
        + "\",\"name\":\""
        + name
        + "\","
        + more
        + "}";
  }

  static String request(String spans) {
    return "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" + spans + "]}]}]}";
  }
}
