package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.RecordRules.Admission;
import dev.sentrybroadcast.destination.RecordValues;
import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.genai.SpanIds;
import dev.sentrybroadcast.genai.SpanTree;
import dev.sentrybroadcast.genai.content.ContentPolicy;
import dev.sentrybroadcast.generation.ContentRules;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.TelemetryRecord;
import java.util.HashMap;
import java.util.Map;

/** One record of a batch. It is mapped once for all destinations with equal rules. */
final class BatchRecord {

  private final BatchMessage message;
  private final TelemetryRecord telemetry;
  private final RecordValues values;
  private final SpanMapping mapping;
  private final ContentLimits limits;
  private final String samplingKey;
  private final Map<ContentRules, SpanTree> trees = new HashMap<>();

  BatchRecord(
      BatchMessage message, TelemetryRecord telemetry, SpanMapping mapping, ContentLimits limits) {
    this(message, telemetry, mapping, limits, SpanIds.samplingKey(telemetry));
  }

  private BatchRecord(
      BatchMessage message,
      TelemetryRecord telemetry,
      SpanMapping mapping,
      ContentLimits limits,
      String samplingKey) {
    this.message = message;
    this.telemetry = telemetry;
    values = new RecordValues(telemetry, ContentPolicy::matches);
    this.mapping = mapping;
    this.limits = limits;
    this.samplingKey = samplingKey;
  }

  BatchMessage message() {
    return message;
  }

  TelemetryRecord telemetry() {
    return telemetry;
  }

  /** Whether the destination gets the record, of this message that holds it. */
  Admission admission(Destination destination, BatchMessage of) {
    String senderId = of.message().senderId();
    return destination.rules().admit(values, senderId, samplingKey);
  }

  RecordValues values() {
    return values;
  }

  SpanTree tree(ContentRules rules) {
    return trees.computeIfAbsent(rules, r -> map(r, limits));
  }

  /** The tree with less content. It is not kept, because it is for one request. */
  SpanTree smallerTree(ContentRules rules) {
    return map(rules, limits.harder());
  }

  /**
   * The record with span ids of its own, where {@code number} other records of the batch have its
   * id. It is sampled as before. The spans of a recorded trace keep the ids that they came with.
   */
  BatchRecord distinct(int number) {
    return number > 0 && telemetry instanceof Generation generation
        ? new BatchRecord(
            message,
            generation.withId(generation.id() + "#" + number),
            mapping,
            limits,
            samplingKey)
        : this;
  }

  private SpanTree map(ContentRules rules, ContentLimits within) {
    SpanTree tree = mapping.spans(telemetry, rules, within);
    if (tree.spans().isEmpty()) {
      throw new IllegalStateException("no spans");
    }
    return tree;
  }
}
