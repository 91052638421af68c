package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.genai.content.ContentPolicy;
import dev.sentrybroadcast.genai.content.SpanText;
import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.generation.RecordedTrace;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.sentry.ErrorEvent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    List<SpanDraft> drafts = new ArrayList<>();
    trace.spans().forEach(span -> drafts.add(draft(span)));
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
        CommonAttributes.of(trace.environment(), trace.release(), caller)
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

  private SpanDraft draft(RecordedSpan span) {
    ContentPolicy policy = tree.policy();
    String given = policy.reveal(span.name().given());
    String name = SpanText.name(given == null ? span.name().known() : given);
    SpanDraft draft =
        tree.add(
            span.spanId() == null ? ids.spanId("tool:" + (tree.size() + 1)) : span.spanId(),
            span.parentSpanId(),
            name,
            SpanKind.valueOf(span.kind().name()),
            span.timing(),
            policy);
    SizedAttributes attributes =
        draft.attributes.text(SpanAttributes.SENTRY_ORIGIN, CommonAttributes.ORIGIN);
    span.attributes()
        .forEach((key, value) -> {
          if (!SERVICE.contains(key)) {
            CommonAttributes.scalar(attributes, key, value);
          }
        });
    span.content().forEach((key, value) -> content(draft, key, policy.reveal(value)));
    GenerationAttributes values = new GenerationAttributes(draft);
    values.role(span.role(), conversationId);
    values.outcome(span.outcome());
    values.exchange(span.exchange());
    if (span.role().operation() == null) {
      values.sums(span.usage(), span.cost());
      return draft;
    }
    values.embeddingsInput(span.exchange());
    attributes.text(SpanAttributes.AGENT_NAME, span.agentName());
    values.model(span.model());
    values.parameters(span.parameters());
    values.firstToken(span.timing());
    if (span.role().is(SpanRole.Type.MODEL_CALL)) {
      values.usage(span.usage());
      values.cost(span.cost());
    } else {
      values.sums(span.usage(), span.cost());
    }
    if (span.tool() != null) {
      if (span.tool().name().isBlank()) {
        attributes.text(SpanAttributes.TOOL_NAME, given); // Sentry lists no tool without one
      }
      values.tool(span.tool(), span.outcome().failure());
    }
    return draft;
  }

  private static void content(SpanDraft draft, String key, @Nullable Scalar value) {
    if (value instanceof Scalar.Text(String text)) {
      draft.content.revealed(AttributeKey.stringKey(key), text);
    } else {
      CommonAttributes.scalar(draft.attributes, key, value);
    }
  }

  /** One for the trace: of its first failed call of a model. */
  private @Nullable ErrorEvent errorEvent(List<SpanData> spans) {
    for (int i = 0; i < spans.size(); i++) {
      SpanData span = spans.get(i);
      RecordedSpan recorded = trace.spans().get(i);
      Failure failure = recorded.outcome().failure();
      if (failure != null && recorded.role().is(SpanRole.Type.MODEL_CALL)) {
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
}
