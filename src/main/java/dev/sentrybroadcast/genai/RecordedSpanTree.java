package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.genai.content.SpanText;
import dev.sentrybroadcast.generation.Caller;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Spans that their producer made: ids, parents, times, kind and status stay; attributes get the
 * names that Sentry reads, content the same privacy and limits as a generation's.
 */
final class RecordedSpanTree {

  /** Limit for all spans without content; together with the content left then, 3.25 MiB. */
  private static final long MOST_BYTES = 3 * 1024 * 1024;

  private static final List<String> SERVICE =
      List.of("trace.metadata.service.name", "trace.metadata.service.version");

  /** Put here, whatever the producer put there. */
  private static final Set<String> OWN =
      Set.of(
          "sentry.origin",
          "sentry.environment",
          "sentry.release",
          "user.id",
          "session.id",
          "gen_ai.conversation.id",
          "trace.metadata.service.name",
          "trace.metadata.service.version");

  private final RecordedTrace trace;
  private final SpanIds ids;
  private final SpanTreeBuilder tree;
  private final @Nullable String conversationId;

  RecordedSpanTree(RecordedTrace trace, SpanIds ids, SpanTreeBuilder tree) {
    this.trace = trace;
    this.ids = ids;
    this.tree = tree;
    this.conversationId = CommonAttributes.conversationId(trace.caller().sessionId());
  }

  SpanTree build() {
    Set<@Nullable String> parents = new HashSet<>();
    trace.spans().forEach(span -> parents.add(span.parentSpanId()));
    List<SpanDraft> drafts = new ArrayList<>();
    for (RecordedSpan span : trace.spans()) {
      drafts.add(draft(span, new RecordedValues(span, parents.contains(span.spanId()))));
    }
    common(drafts);
    return tree.build(drafts.getFirst(), this::errorEvent);
  }

  /**
   * A producer may write these once for a whole trace: copied to 2,000 spans, a text of 1,000
   * characters would make them too large for one request. So spans get them as long as there is
   * room.
   */
  private void common(List<SpanDraft> drafts) {
    Caller caller = trace.caller();
    Attributes common =
        new SizedAttributes()
            .putAll(CommonAttributes.of(trace.environment(), trace.release(), caller))
            .text(SpanAttributes.KEY_NAME, caller.apiKeyName())
            .text(SpanAttributes.APP_NAME, caller.appName())
            .text(CommonAttributes.metadataKey("trace_id"), SpanIds.textTraceId(trace.traceId()))
            .build();
    long bytes = tree.bytes();
    for (int i = 0; i < drafts.size(); i++) {
      SizedAttributes more = new SizedAttributes().putAll(common);
      for (String name : SERVICE) {
        CommonAttributes.scalar(more, name, trace.spans().get(i).attributes().get(name));
      }
      if (bytes + more.bytes() <= MOST_BYTES) {
        drafts.get(i).attributes.putAll(more.build());
        bytes += more.bytes();
      }
    }
  }

  private SpanDraft draft(RecordedSpan span, RecordedValues own) {
    SpanDraft draft =
        tree.add(
            span.spanId() == null ? ids.spanId("tool:" + (tree.size() + 1)) : span.spanId(),
            span.parentSpanId(),
            SpanText.name(span.name()),
            SpanKind.valueOf(span.kind().name()),
            SpanInterval.of(span.timing()));
    draft
        .attributes
        .text(SpanAttributes.SENTRY_ORIGIN, CommonAttributes.ORIGIN)
        .text(SpanAttributes.AGENT_NAME, own.agentName)
        .text(SpanAttributes.TOOL_NAME, own.toolName);
    rest(draft.attributes, own.rest);
    GenerationAttributes values = new GenerationAttributes(draft);
    values.operation(own.operationName, own.op, conversationId);
    values.model(own.model);
    values.parameters(own.parameters);
    values.outcome(own.outcome);
    values.firstToken(own.timing);
    values.usage(span.usage());
    values.cost(own.cost);
    values.exchange(span.exchange());
    boolean isTool = Operation.EXECUTE_TOOL.operationName().equals(own.operationName);
    values.toolCall(span.toolArguments(), span.toolResult(), isTool ? span.failure() : null);
    span.content().forEach((key, text) -> draft.content.text(AttributeKey.stringKey(key), text));
    return draft;
  }

  /** Attributes under their own names. OpenRouter writes each key of its metadata twice. */
  private static void rest(SizedAttributes to, Map<String, Scalar> rest) {
    rest.forEach((key, value) -> {
      boolean isTwice =
          key.startsWith("span.metadata.")
              && rest.containsKey("trace." + key.substring("span.".length()));
      if (!isTwice && !OWN.contains(key)) {
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
}
