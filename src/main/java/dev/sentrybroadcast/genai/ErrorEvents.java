package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Model;
import dev.sentrybroadcast.sentry.ErrorEvent;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a failed generation becomes where a destination wants issues. */
final class ErrorEvents {

  private static final String UNKNOWN = "unknown";

  private ErrorEvents() {}

  /**
   * The value is the status message of the span: what privacy mode and the limits left of it.
   *
   * @param root the topmost span of the record
   */
  static ErrorEvent of(Generation generation, Failure failure, SpanData span, SpanData root) {
    return of(model(generation.model()), failure, span, root);
  }

  /** Of a recorded span; its attributes name the model. */
  static ErrorEvent of(Failure failure, SpanData span, SpanData root) {
    String requested = span.getAttributes().get(SpanAttributes.REQUEST_MODEL);
    return of(
        requested == null ? span.getAttributes().get(SpanAttributes.RESPONSE_MODEL) : requested,
        failure,
        span,
        root);
  }

  private static ErrorEvent of(
      @Nullable String model, Failure failure, SpanData span, SpanData root) {
    String spanId = span.getSpanContext().getSpanId();
    String type = SpanText.line(failure.type(), SpanText.NAME_CHARACTERS);
    String provider = span.getAttributes().get(SpanAttributes.PROVIDER_NAME);
    Map<String, String> tags = new LinkedHashMap<>();
    tag(tags, "model", model);
    tag(tags, "provider", provider);
    if (failure.httpStatus() != null) {
      tag(tags, "status", failure.httpStatus().toString());
    }
    return new ErrorEvent(
        SpanIds.issueEventId(spanId),
        span.getEndEpochNanos(),
        span.getSpanContext().getTraceId(),
        spanId,
        type,
        span.getStatus().getDescription(),
        List.of(provider == null ? UNKNOWN : provider, type, model == null ? UNKNOWN : model),
        Collections.unmodifiableMap(tags),
        root.getName(),
        span.getAttributes().get(SpanAttributes.USER_ID),
        span.getAttributes().get(SpanAttributes.SENTRY_ENVIRONMENT),
        span.getAttributes().get(SpanAttributes.SENTRY_RELEASE));
  }

  private static @Nullable String model(Model model) {
    return SpanText.isBlank(model.requested()) ? model.responded() : model.requested();
  }

  private static void tag(Map<String, String> tags, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      tags.put(name, SpanText.name(value));
    }
  }
}
