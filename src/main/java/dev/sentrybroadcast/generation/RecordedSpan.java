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

  /** The same span in another role. */
  public RecordedSpan as(SpanRole other) {
    return new RecordedSpan(
        spanId,
        parentSpanId,
        name,
        kind,
        timing,
        other,
        model,
        parameters,
        outcome,
        usage,
        cost,
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
