package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.sentry.ErrorEvent;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one record, root first; they travel in one request.
 *
 * @param errorEvent what a failed generation becomes where a destination wants issues
 * @param bytes about how much protobuf the spans take without their resource, on the safe side
 */
public record SpanTree(List<SpanData> spans, @Nullable ErrorEvent errorEvent, long bytes) {

  public SpanTree {
    spans = List.copyOf(spans);
  }

  @Override
  public String toString() {
    return "SpanTree[" + spans.size() + " spans]";
  }
}
