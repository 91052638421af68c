package dev.sentrybroadcast.generation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record's {@code trace} object: its reserved keys, and everything else as metadata.
 *
 * @param traceId verbatim, of any form; SpanIds makes an id of it
 * @param parentSpanId verbatim, of any form
 * @param metadata flattened keys to values, in order; {@code environment} and {@code release} stand
 *     here too
 */
public record Trace(
    @Nullable String traceId,
    @Nullable String traceName,
    @Nullable String spanName,
    @Nullable String generationName,
    @Nullable String parentSpanId,
    @Nullable String agentName,
    @Nullable String environment,
    @Nullable String release,
    Map<String, Scalar> metadata) {

  public static final Trace NONE =
      new Trace(null, null, null, null, null, null, null, null, Map.of());
}
