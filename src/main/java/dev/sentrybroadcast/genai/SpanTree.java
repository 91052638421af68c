package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.sentry.ErrorEvent;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one record; they are sent in one request.
 *
 * @param spans root first
 * @param errorEvent for destinations that want issues; null where no model call failed
 * @param bytes upper estimate of the spans' protobuf size, without their resource
 */
public record SpanTree(List<SpanData> spans, @Nullable ErrorEvent errorEvent, long bytes) {

  private static final Set<String> MODEL_CALLS =
      Set.of(
          SpanRole.CHAT.name(),
          SpanRole.TEXT_COMPLETION.name(),
          SpanRole.GENERATE_CONTENT.name(),
          SpanRole.EMBEDDINGS.name(),
          SpanRole.RERANK.name());

  public SpanTree {
    spans = List.copyOf(spans);
  }

  /** The same spans; those of calls of a model say why they were sent, and the sampling rate. */
  public SpanTree withSampling(String reason, double rate) {
    SizedAttributes sampling =
        new SizedAttributes()
            .text(SpanAttributes.SAMPLING_REASON, reason)
            .put(SpanAttributes.SAMPLING_RATE, rate);
    Attributes added = sampling.build();
    List<SpanData> changed = new ArrayList<>(spans.size());
    long more = 0;
    for (SpanData span : spans) {
      String operation = span.getAttributes().get(SpanAttributes.OPERATION_NAME);
      boolean isCall = operation != null && MODEL_CALLS.contains(operation);
      more += isCall ? sampling.bytes() : 0;
      changed.add(
          isCall && span instanceof BroadcastSpan ours
              ? ours.with(ours.getStatus(), ours.getAttributes().toBuilder().putAll(added).build())
              : span);
    }
    return new SpanTree(changed, errorEvent, bytes + more);
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
