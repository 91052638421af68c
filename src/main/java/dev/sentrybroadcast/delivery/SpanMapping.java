package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.genai.SpanTree;
import dev.sentrybroadcast.generation.ContentRules;
import dev.sentrybroadcast.generation.TelemetryRecord;

/** Maps a record to spans: {@code GenerationSpans::spans}. */
@FunctionalInterface
public interface SpanMapping {

  SpanTree spans(TelemetryRecord telemetry, ContentRules rules, ContentLimits limits);
}
