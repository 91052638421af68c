package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.generation.RecordedTrace;
import dev.sentrybroadcast.sentry.ErrorEvent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Spans that their producer made: ids, parents, times, kind and status stay; attributes get the
 * names that Sentry reads, content the same privacy and limits as a generation's.
 */
final class RecordedSpans {

  private final RecordedTrace trace;
  private final Disclosure disclosure;
  private final ContentLimits limits;
  private final Resource resource;
  private final InstrumentationScopeInfo scope;
  private final SpanIds ids;

  RecordedSpans(
      RecordedTrace trace,
      Disclosure disclosure,
      ContentLimits limits,
      Resource resource,
      InstrumentationScopeInfo scope) {
    this.trace = trace;
    this.disclosure = disclosure;
    this.limits = limits;
    this.resource = resource;
    this.scope = scope;
    this.ids = SpanIds.of(trace);
  }

  SpanTree build() {
    List<RecordedSpan> given = trace.spans();
    RecordedCommon common = RecordedCommon.of(trace);
    Set<String> parents = parents();
    List<SpanContent> contents = new ArrayList<>(given.size());
    List<AttributeList.Builder> attributes = new ArrayList<>(given.size());
    long fixed = 0;
    for (RecordedSpan span : given) {
      AttributeList.Builder own = attributes(common, span, parents.contains(span.spanId()));
      contents.add(content(span));
      attributes.add(own);
      fixed += BroadcastSpan.OVERHEAD_BYTES + Utf8.bytes(span.name()) + own.bytes();
    }
    fixed = common.addTo(attributes, given, fixed);
    ContentBudget.allot(contents, limits, TreeSize.contentBytes(limits, fixed));
    List<SpanData> spans = new ArrayList<>(given.size());
    long bytes = 0;
    for (int i = 0; i < given.size(); i++) {
      BroadcastSpan span = span(given.get(i), i, attributes.get(i), contents.get(i));
      spans.add(span);
      bytes += span.bytes();
    }
    return new SpanTree(spans, errorEvent(spans), bytes);
  }

  private Set<String> parents() {
    Set<String> parents = new HashSet<>();
    for (RecordedSpan span : trace.spans()) {
      if (span.parentSpanId() != null) {
        parents.add(span.parentSpanId());
      }
    }
    return parents;
  }

  private static AttributeList.Builder attributes(
      RecordedCommon common, RecordedSpan span, boolean isParent) {
    AttributeList.Builder own = RecordedNames.attributes(common.least(), span, isParent);
    if (span.failure() != null) {
      GenerationAttributes.failure(own, span.failure());
    }
    return own;
  }

  /** One for the trace: of its first call of a model that failed. */
  private @Nullable ErrorEvent errorEvent(List<SpanData> spans) {
    for (int i = 0; i < spans.size(); i++) {
      SpanData span = spans.get(i);
      Failure failure = trace.spans().get(i).failure();
      if (failure != null && isModelCall(span.getAttributes().get(SpanAttributes.OPERATION_NAME))) {
        return ErrorEvents.of(failure, span, topmost(span, spans));
      }
    }
    return null;
  }

  /** The last span that is here on the way up; the producer's parents may go round in a circle. */
  private static SpanData topmost(SpanData span, List<SpanData> spans) {
    Map<String, SpanData> left = HashMap.newHashMap(spans.size());
    for (SpanData each : spans) {
      left.put(each.getSpanId(), each);
    }
    SpanData top = span;
    for (SpanData next = span; next != null; next = left.remove(next.getParentSpanId())) {
      top = next;
    }
    return top;
  }

  private static boolean isModelCall(@Nullable String operation) {
    return operation != null
        && !operation.endsWith("_agent")
        && !operation.equals("execute_tool")
        && !operation.equals("invoke_workflow");
  }

  private BroadcastSpan span(
      RecordedSpan span, int index, AttributeList.Builder attributes, SpanContent content) {
    String id = span.spanId() == null ? ids.tool(index + 1) : span.spanId();
    String parent = span.parentSpanId();
    content.put(attributes);
    Window window = Window.of(span.timing());
    return new BroadcastSpan(
        context(id),
        parent == null ? SpanContext.getInvalid() : context(parent),
        SpanText.name(span.name()),
        kind(span.kind()),
        window.start(),
        window.end(),
        span.failure() == null
            ? StatusData.unset()
            : StatusData.create(StatusCode.ERROR, content.statusMessage()),
        attributes.buildDistinct(),
        resource,
        scope);
  }

  private SpanContent content(RecordedSpan span) {
    SpanContent to = new SpanContent(limits.attributeBytes());
    if (span.failure() != null) {
      to.failure(span.failure(), disclosure);
    }
    to.exchange(span.exchange(), disclosure);
    to.json(SpanAttributes.TOOL_CALL_ARGUMENTS, disclosure.of(span.toolArguments()));
    to.json(SpanAttributes.TOOL_CALL_RESULT, disclosure.of(span.toolResult()));
    span.content()
        .forEach((key, text) -> to.text(AttributeKey.stringKey(key), disclosure.of(text)));
    return to;
  }

  /** Not remote: Sentry takes every span with a remote parent for the start of a segment. */
  private SpanContext context(String spanId) {
    return SpanContext.create(
        ids.traceId(), spanId, TraceFlags.getSampled(), TraceState.getDefault());
  }

  private static SpanKind kind(RecordedSpan.Kind kind) {
    return switch (kind) {
      case INTERNAL -> SpanKind.INTERNAL;
      case SERVER -> SpanKind.SERVER;
      case CLIENT -> SpanKind.CLIENT;
      case PRODUCER -> SpanKind.PRODUCER;
      case CONSUMER -> SpanKind.CONSUMER;
    };
  }
}
