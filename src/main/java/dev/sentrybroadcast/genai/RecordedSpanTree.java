package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.genai.content.SpanText;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.generation.RecordedTrace;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.sentry.ErrorEvent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Spans that their producer made: ids, parents, times, kind and status stay; attributes get the
 * names that Sentry reads, content the same privacy and limits as a generation's.
 */
final class RecordedSpanTree {

  private final RecordedTrace trace;
  private final SpanIds ids;
  private final SpanTreeBuilder tree;
  private final RecordedCommon common;

  RecordedSpanTree(RecordedTrace trace, SpanIds ids, SpanTreeBuilder tree) {
    this.trace = trace;
    this.ids = ids;
    this.tree = tree;
    this.common = RecordedCommon.of(trace);
  }

  SpanTree build() {
    Set<String> parents =
        trace.spans().stream()
            .map(RecordedSpan::parentSpanId)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    List<SpanDraft> drafts = new ArrayList<>();
    List<RecordedValues> values = new ArrayList<>();
    for (RecordedSpan span : trace.spans()) {
      RecordedValues own = new RecordedValues(span);
      values.add(own);
      drafts.add(draft(span, own, RecordedOperation.of(span, parents.contains(span.spanId()))));
    }
    long bytes = tree.bytes();
    for (int i = 0; i < drafts.size(); i++) {
      Attributes more = common.moreFor(values.get(i), bytes);
      drafts.get(i).attributes().putAll(more);
      bytes += SizedAttributes.bytes(more);
    }
    return tree.build(drafts.getFirst(), this::errorEvent);
  }

  private SpanDraft draft(RecordedSpan span, RecordedValues own, RecordedOperation operation) {
    SpanDraft draft =
        tree.add(
            span.spanId() == null ? ids.tool(tree.size() + 1) : span.spanId(),
            span.parentSpanId(),
            SpanText.name(span.name()),
            kind(span.kind()),
            SpanInterval.of(span.timing()));
    SizedAttributes attributes = draft.attributes();
    attributes.putAll(common.least());
    rest(attributes, own.rest);
    GenerationAttributes values = new GenerationAttributes(draft);
    values.operation(operation.name(), operation.op());
    values.model(own.model);
    values.parameters(own.parameters);
    values.outcome(own.outcome);
    values.firstToken(own.timing);
    values.usage(span.usage());
    values.cost(own.cost);
    values.exchange(span.exchange());
    values.toolCall(span.toolArguments(), span.toolResult());
    attributes.text(SpanAttributes.AGENT_NAME, own.agentName);
    attributes.text(SpanAttributes.TOOL_NAME, own.toolName);
    span.content()
        .forEach((key, text) -> draft.content().text(AttributeKey.stringKey(key), text));
    return draft;
  }

  /** Attributes under their own names. OpenRouter writes each key of its metadata twice. */
  private static void rest(SizedAttributes to, Map<String, Scalar> rest) {
    rest.forEach(
        (key, value) -> {
          boolean isTwice =
              key.startsWith("span.metadata.")
                  && rest.containsKey("trace." + key.substring("span.".length()));
          if (!isTwice && !RecordedCommon.isOwn(key)) {
            CommonAttributes.scalar(to, key, value);
          }
        });
  }

  /** One for the trace: of its first failed call of a model. */
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

  /** The last known ancestor; the producer's parents may form a circle. */
  private static SpanData topmost(SpanData span, List<SpanData> spans) {
    Map<String, SpanData> left = HashMap.newHashMap(spans.size());
    spans.forEach(each -> left.put(each.getSpanId(), each));
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
