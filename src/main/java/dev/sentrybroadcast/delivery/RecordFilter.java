package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.genai.SpanIds;
import dev.sentrybroadcast.genai.SpanTree;
import dev.sentrybroadcast.generation.ContentRules;
import dev.sentrybroadcast.generation.TelemetryRecord;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which records a destination gets, and with how much content.
 *
 * @param forced the least privacy and redaction of all destinations
 */
record RecordFilter(ContentRules forced) {

  /**
   * The records that are to be sent. A record that is there twice is sent once. Two generations
   * that differ but have one id get span ids of their own, because Sentry would take them for the
   * same.
   */
  List<DestinationRecord> select(
      List<BatchRecord> records, Destination destination, DeliveryCounters counters) {
    Map<List<SpanData>, DestinationRecord> selected = new LinkedHashMap<>();
    Map<String, Integer> recordsOfId = new HashMap<>();
    for (BatchRecord record : records) {
      if (record.message().isBlocked()) {
        continue;
      }
      try {
        if (!isWanted(record.telemetry(), destination, counters)) {
          record.message().done();
          continue;
        }
        ContentRules rules = rules(destination, record.telemetry());
        SpanTree tree = record.tree(rules);
        DestinationRecord same = selected.get(tree.spans());
        if (same != null) {
          selected.put(tree.spans(), same.alsoOf(record.message()));
          counters.increment(Counter.DUPLICATES);
          continue;
        }
        String spanId = tree.spans().getFirst().getSpanId();
        int others = recordsOfId.merge(spanId, 1, Integer::sum) - 1;
        selected.put(tree.spans(), DestinationRecord.of(record.distinct(others), rules));
      } catch (RuntimeException | StackOverflowError e) {
        record.message().fail(Failure.of(e));
      }
    }
    return List.copyOf(selected.values());
  }

  /** The records that are still to be sent, by the rules of the destination as it is now. */
  List<DestinationRecord> selectAgain(
      List<DestinationRecord> records, Destination destination, DeliveryCounters counters) {
    List<DestinationRecord> selected = new ArrayList<>(records.size());
    for (DestinationRecord record : records) {
      try {
        TelemetryRecord telemetry = record.record().telemetry();
        if (isWanted(telemetry, destination, counters)) {
          selected.add(record.in(rules(destination, telemetry)));
        } else {
          record.done();
        }
      } catch (RuntimeException | StackOverflowError e) {
        record.fail(Failure.of(e));
      }
    }
    return selected;
  }

  private ContentRules rules(Destination destination, TelemetryRecord telemetry) {
    return forced.applied(
        destination.privacyMode().stricter(telemetry.routing().privacyMode()),
        destination.redaction());
  }

  private static boolean isWanted(
      TelemetryRecord telemetry, Destination destination, DeliveryCounters counters) {
    switch (destination.admit(telemetry.caller().apiKeyName(), samplingKey(telemetry))) {
      case SEND -> {
        return true;
      }
      case SAMPLED_OUT -> counters.increment(Counter.SAMPLED_OUT);
      case FILTERED -> counters.increment(Counter.FILTERED);
      case DISABLED -> counters.increment(Counter.DISABLED);
    }
    return false;
  }

  private static String samplingKey(TelemetryRecord telemetry) {
    String session = telemetry.caller().sessionId();
    // The id that is sent, so that a trace is kept whole however its producer spells the id.
    return session != null && !session.isBlank() ? session : SpanIds.traceId(telemetry);
  }
}
