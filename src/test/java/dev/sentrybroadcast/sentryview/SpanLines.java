package dev.sentrybroadcast.sentryview;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Spans as JSON lines, with times in nanoseconds. */
public final class SpanLines {

  private SpanLines() {}

  /** Writes spans of one source; conversations of different sources are different. */
  public static String of(String source, List<SpanData> spans) {
    return spans.stream()
        .map(span -> JsonMapper.shared().writeValueAsString(fields(source, span)) + "\n")
        .collect(Collectors.joining());
  }

  private static Map<String, Object> fields(String source, SpanData span) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("source", source);
    fields.put("name", span.getName());
    fields.put("trace_id", span.getTraceId());
    fields.put("span_id", span.getSpanId());
    boolean child = span.getParentSpanContext().isValid();
    fields.put("parent_span_id", child ? span.getParentSpanId() : "");
    fields.put("start", span.getStartEpochNanos());
    fields.put("end", span.getEndEpochNanos());
    fields.put("status", span.getStatus().getStatusCode().name());
    fields.put("attributes", attributes);
    return fields;
  }
}
