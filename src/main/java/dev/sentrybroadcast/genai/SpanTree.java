package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.sentry.ErrorEvent;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one record; they are sent in one request.
 *
 * @param spans root first
 * @param errorEvent for destinations that want issues; null where no model call failed
 * @param bytes upper estimate of the spans' protobuf size, without their resource
 */
public record SpanTree(List<SpanData> spans, @Nullable ErrorEvent errorEvent, long bytes) {

  public SpanTree {
    spans = List.copyOf(spans);
  }

  /** How many places of the content were redacted. */
  public long redacted() {
    return spans.stream().mapToLong(span -> SpanAttributes.redacted(span.getAttributes())).sum();
  }

  @Override
  public String toString() {
    return "SpanTree[" + spans.size() + " spans]";
  }
}
