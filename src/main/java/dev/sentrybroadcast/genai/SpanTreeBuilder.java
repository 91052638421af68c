package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.genai.content.ContentPolicy;
import dev.sentrybroadcast.genai.content.SpanContent;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.sentry.ErrorEvent;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects the spans of one trace, then cuts their content to the limits of the whole tree. */
final class SpanTreeBuilder {

  private final String traceId;
  private final ContentPolicy policy;
  private final ContentLimits limits;
  private final Resource resource;
  private final InstrumentationScopeInfo scope;
  private final List<SpanDraft> drafts = new ArrayList<>();

  SpanTreeBuilder(
      String traceId,
      ContentPolicy policy,
      ContentLimits limits,
      Resource resource,
      InstrumentationScopeInfo scope) {
    this.traceId = traceId;
    this.policy = policy;
    this.limits = limits;
    this.resource = resource;
    this.scope = scope;
  }

  /** {@code policyOfSpan}: by which the span's name was revealed. */
  SpanDraft add(
      String spanId,
      @Nullable String parentId,
      String name,
      SpanKind kind,
      Timing timing,
      ContentPolicy policyOfSpan) {
    SpanDraft draft =
        new SpanDraft(
            new BroadcastSpan(
                context(spanId),
                parentId == null ? SpanContext.getInvalid() : context(parentId),
                name,
                kind,
                timing.startEpochNanos(),
                timing.endEpochNanos(),
                StatusData.unset(),
                Attributes.empty(),
                resource,
                scope),
            new SpanContent(policyOfSpan, limits.attributeBytes()));
    drafts.add(draft);
    return draft;
  }

  /** For one more span. */
  ContentPolicy policy() {
    return policy.ofAnotherSpan();
  }

  int size() {
    return drafts.size();
  }

  /** Upper estimate of the spans' size so far, as {@link SpanTree#bytes}. */
  long bytes() {
    return drafts.stream().mapToLong(SpanDraft::bytes).sum();
  }

  /** {@code main}: the span whose content is served before that of the others. */
  SpanTree build(SpanDraft main, Function<List<SpanData>, @Nullable ErrorEvent> errorEvent) {
    drafts.forEach(SpanDraft::countRedacted);
    SpanContent.allot(
        main.content,
        drafts.stream().map(draft -> draft.content).toList(),
        limits.spanBytes(),
        limits.treeBytes(bytes()));
    List<SpanData> spans = new ArrayList<>();
    for (SpanDraft draft : drafts) {
      spans.add(draft.finish());
    }
    return new SpanTree(spans, errorEvent.apply(spans), bytes());
  }

  /** Not remote: Sentry takes a span with a remote parent for the start of a segment. */
  private SpanContext context(String spanId) {
    return SpanContext.create(traceId, spanId, TraceFlags.getSampled(), TraceState.getDefault());
  }
}
