package dev.sentrybroadcast.generation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span as its producer made it.
 *
 * @param spanId 16 hex digits in lower case; null where the producer has none, then it is derived
 * @param parentSpanId 16 hex digits in lower case; null for a root
 * @param failure null unless its status is an error
 * @param usage of any of the names there are for it
 * @param attributes what else is not content, by the producer's names
 * @param exchange what went in and came out, of any of the names there are for it
 * @param toolArguments what an executed tool was given
 * @param toolResult what an executed tool gave back
 * @param content every other text, by the producer's names
 */
public record RecordedSpan(
    @Nullable String spanId,
    @Nullable String parentSpanId,
    String name,
    Kind kind,
    Timing timing,
    @Nullable Failure failure,
    Usage usage,
    Map<String, Scalar> attributes,
    Exchange exchange,
    @Nullable Content<JsonText> toolArguments,
    @Nullable Content<JsonText> toolResult,
    Map<String, Content<String>> content) {

  public RecordedSpan {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    content = Collections.unmodifiableMap(new LinkedHashMap<>(content));
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
