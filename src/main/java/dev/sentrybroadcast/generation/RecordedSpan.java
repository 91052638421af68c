package dev.sentrybroadcast.generation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span as its producer made it, in the values that a generation has.
 *
 * @param spanId 16 hex digits in lower case; null where the producer has none, then it is derived
 * @param parentSpanId 16 hex digits in lower case; null for a root
 * @param outcome its failure is null unless the span's status is an error
 * @param usage also of wrappers, whose tokens are sums over the calls below them
 * @param agentName of the agent that the span is, or that it belongs to
 * @param tool what was executed, without timing and failure, which are the span's; null unless the
 *     span is of a tool
 * @param attributes what else is not content, by the producer's names
 * @param content every other value, of any type, by the producer's names
 */
public record RecordedSpan(
    @Nullable String spanId,
    @Nullable String parentSpanId,
    SpanName name,
    Kind kind,
    Timing timing,
    SpanRole role,
    Model model,
    RequestParameters parameters,
    Outcome outcome,
    Usage usage,
    Cost cost,
    Exchange exchange,
    @Nullable String agentName,
    @Nullable ToolExecution tool,
    Map<String, Scalar> attributes,
    Map<String, Content<Scalar>> content) {

  public RecordedSpan {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    content = Collections.unmodifiableMap(new LinkedHashMap<>(content));
  }

  /** The same span as a step. */
  public RecordedSpan asStep(SpanRole step) {
    return with(step, outcome, usage, cost);
  }

  /** With the response's id, finish reasons, tokens and cost of another span where it has none. */
  public RecordedSpan completedBy(RecordedSpan other) {
    Outcome both =
        new Outcome(
            outcome.responseId() == null ? other.outcome.responseId() : outcome.responseId(),
            outcome.finishReasons().isEmpty()
                ? other.outcome.finishReasons()
                : outcome.finishReasons(),
            outcome.nativeFinishReason(),
            outcome.streamed() == null ? other.outcome.streamed() : outcome.streamed(),
            outcome.cancelled(),
            outcome.failure());
    boolean isCounted = usage.inputTokens() != null || usage.outputTokens() != null;
    return with(
        role, both, isCounted ? usage : other.usage, cost.equals(Cost.NONE) ? other.cost : cost);
  }

  private RecordedSpan with(SpanRole newRole, Outcome newOutcome, Usage newUsage, Cost newCost) {
    return new RecordedSpan(
        spanId,
        parentSpanId,
        name,
        kind,
        timing,
        newRole,
        model,
        parameters,
        newOutcome,
        newUsage,
        newCost,
        exchange,
        agentName,
        tool,
        attributes,
        content);
  }

  /** OpenTelemetry's kinds of a span. */
  public enum Kind {
    INTERNAL,
    SERVER,
    CLIENT,
    PRODUCER,
    CONSUMER
  }
}
