package dev.sentrybroadcast.generation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spans of one trace that their producer made itself.
 *
 * @param id the trace's, or of the one record the spans come from
 * @param traceId verbatim, of any form; SpanIds makes an id of it
 * @param environment of all the spans
 * @param release of all the spans
 * @param spans at least one, in the producer's order; no two have the same id
 */
public record RecordedTrace(
    String id,
    Routing routing,
    Caller caller,
    @Nullable String traceId,
    @Nullable String environment,
    @Nullable String release,
    List<RecordedSpan> spans,
    Corrections corrections)
    implements TelemetryRecord {

  public RecordedTrace {
    spans = List.copyOf(spans);
  }

  @Override
  public long endEpochNanos() {
    return spans.stream().mapToLong(span -> span.timing().endEpochNanos()).max().orElse(0);
  }
}
