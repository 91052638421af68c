package dev.sentrybroadcast.local;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span as the stand-in decoded it from OTLP.
 *
 * @param traceId hex, as are the other ids
 * @param parentSpanId empty when the span has no parent
 * @param kind as in {@code CLIENT}
 * @param status {@code UNSET}, {@code OK} or {@code ERROR}
 * @param attributes typed: String, Boolean, Long, Double, {@code List}, {@code Map} or {@code
 *     byte[]}
 * @param scope the scope's attributes, and its name and version as {@code name} and {@code version}
 * @param project where it was sent
 * @param publicKey by whose right
 */
public record ReceivedSpan(
    String traceId,
    String spanId,
    String parentSpanId,
    String name,
    String kind,
    String status,
    String statusMessage,
    long startEpochNanos,
    long endEpochNanos,
    int flags,
    int eventCount,
    int linkCount,
    Map<String, Object> attributes,
    Map<String, Object> resource,
    Map<String, Object> scope,
    String project,
    String publicKey) {

  /** The attribute as text; null when it is not there. */
  public @Nullable String text(String attribute) {
    Object value = attributes.get(attribute);
    return value == null ? null : value.toString();
  }

  /** The attribute as a number; null when it is not there or is none. */
  public @Nullable Number number(String attribute) {
    return attributes.get(attribute) instanceof Number number ? number : null;
  }

  static List<ReceivedSpan> decode(
      ExportTraceServiceRequest request, String project, String publicKey) {
    List<ReceivedSpan> spans = new ArrayList<>();
    for (ResourceSpans resourceSpans : request.getResourceSpansList()) {
      Map<String, Object> resource = values(resourceSpans.getResource().getAttributesList());
      for (ScopeSpans scopeSpans : resourceSpans.getScopeSpansList()) {
        Map<String, Object> scope = scope(scopeSpans.getScope());
        for (Span span : scopeSpans.getSpansList()) {
          spans.add(of(span, resource, scope, project, publicKey));
        }
      }
    }
    return spans;
  }

  private static ReceivedSpan of(
      Span span,
      Map<String, Object> resource,
      Map<String, Object> scope,
      String project,
      String publicKey) {
    return new ReceivedSpan(
        hex(span.getTraceId()),
        hex(span.getSpanId()),
        hex(span.getParentSpanId()),
        span.getName(),
        withoutPrefix(span.getKind().name(), "SPAN_KIND_"),
        withoutPrefix(span.getStatus().getCode().name(), "STATUS_CODE_"),
        span.getStatus().getMessage(),
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        span.getFlags(),
        span.getEventsCount(),
        span.getLinksCount(),
        values(span.getAttributesList()),
        resource,
        scope,
        project,
        publicKey);
  }

  private static Map<String, Object> scope(InstrumentationScope scope) {
    Map<String, Object> values = new LinkedHashMap<>(values(scope.getAttributesList()));
    values.put("name", scope.getName());
    values.put("version", scope.getVersion());
    return Collections.unmodifiableMap(values);
  }

  private static Map<String, Object> values(List<KeyValue> attributes) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (KeyValue attribute : attributes) {
      values.put(attribute.getKey(), value(attribute.getValue()));
    }
    return Collections.unmodifiableMap(values);
  }

  private static Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> value.getBoolValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream().map(ReceivedSpan::value).toList();
      case KVLIST_VALUE -> values(value.getKvlistValue().getValuesList());
      case BYTES_VALUE -> value.getBytesValue().toByteArray();
      default -> "";
    };
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  private static String withoutPrefix(String name, String prefix) {
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }

  /** Without attributes: they may be content, and this ends up in failure messages. */
  @Override
  public String toString() {
    return "ReceivedSpan[" + traceId + "/" + spanId + " of project " + project + "]";
  }
}
