package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.genai.content.SpanText;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.sentry.ErrorEvent;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The error event of a failed model call, for destinations that want issues. */
final class ErrorEvents {

  private static final String UNKNOWN = "unknown";

  private ErrorEvents() {}

  /**
   * The event's value is the span's status message, so privacy mode and the limits hold.
   *
   * @param root the topmost span of the record
   */
  static ErrorEvent of(Failure failure, SpanData span, SpanData root) {
    Attributes attributes = span.getAttributes();
    String type = SpanText.line(failure.type(), SpanText.NAME_CHARACTERS);
    String provider = attributes.get(SpanAttributes.PROVIDER_NAME);
    String requested = attributes.get(SpanAttributes.REQUEST_MODEL);
    String model = requested == null ? attributes.get(SpanAttributes.RESPONSE_MODEL) : requested;
    Map<String, String> tags = new LinkedHashMap<>();
    tag(tags, "model", model);
    tag(tags, "provider", provider);
    if (failure.httpStatus() != null) {
      tag(tags, "status", failure.httpStatus().toString());
    }
    return new ErrorEvent(
        SpanIds.issueEventId(span.getSpanId()),
        span.getEndEpochNanos(),
        span.getTraceId(),
        span.getSpanId(),
        type,
        span.getStatus().getDescription(),
        List.of(
            Objects.requireNonNullElse(provider, UNKNOWN),
            type,
            Objects.requireNonNullElse(model, UNKNOWN)),
        Collections.unmodifiableMap(tags),
        root.getName(),
        attributes.get(SpanAttributes.USER_ID),
        attributes.get(SpanAttributes.SENTRY_ENVIRONMENT),
        attributes.get(SpanAttributes.SENTRY_RELEASE));
  }

  private static void tag(Map<String, String> tags, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      tags.put(name, SpanText.name(value));
    }
  }
}
