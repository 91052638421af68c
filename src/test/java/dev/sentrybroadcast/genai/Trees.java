package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.GenerationBuilder;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.TelemetryRecord;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Trees with the product's own limits, and what tests look for in them. */
final class Trees {

  static final ContentLimits LIMITS = new ContentLimits(65_536, 524_288);

  private static final GenerationSpans SPANS = new GenerationSpans("sentry-broadcast", "1.2.3");

  private Trees() {}

  static SpanTree tree(TelemetryRecord record, PrivacyMode mode) {
    return SPANS.spans(record, mode, LIMITS);
  }

  static SpanTree tree(TelemetryRecord record) {
    return SPANS.spans(record, PrivacyMode.OFF, LIMITS);
  }

  static SpanTree tree(GenerationBuilder generation) {
    return tree(generation.build(), PrivacyMode.OFF);
  }

  static List<SpanData> spans(GenerationBuilder generation) {
    return tree(generation).spans();
  }

  /** The spans with this op, in order. */
  static List<SpanData> withOp(List<SpanData> spans, String op) {
    return spans.stream()
        .filter(span -> op.equals(span.getAttributes().get(SpanAttributes.SENTRY_OP)))
        .toList();
  }

  /** The span of the call to the model. */
  static SpanData generation(GenerationBuilder generation) {
    return generation(tree(generation));
  }

  static SpanData generation(SpanTree tree) {
    return tree.spans().stream()
        .filter(span -> span.getAttributes().get(SpanAttributes.RECORD_ID) != null)
        .findFirst()
        .orElseThrow();
  }

  static <T> @Nullable T attribute(GenerationBuilder generation, AttributeKey<T> key) {
    return generation(generation).getAttributes().get(key);
  }

  static @Nullable String text(SpanData span, String key) {
    return span.getAttributes().get(AttributeKey.stringKey(key));
  }
}
