package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.RecordRules.Admission;
import dev.sentrybroadcast.destination.Sampling;
import dev.sentrybroadcast.genai.SpanTree;
import dev.sentrybroadcast.generation.ContentRules;
import dev.sentrybroadcast.generation.TelemetryRecord;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which records a destination gets, and with how much content.
 *
 * @param forced the least privacy and redaction of all destinations
 */
record RecordFilter(ContentRules forced, Destination destination, DeliveryCounters counters) {

  /**
   * The records that are to be sent. A record that is there twice is sent once. Two generations
   * that differ but have one id get span ids of their own, because Sentry would take them for the
   * same.
   */
  List<DestinationRecord> select(List<BatchRecord> records) {
    Map<List<SpanData>, DestinationRecord> selected = new LinkedHashMap<>();
    Map<String, Integer> recordsOfId = new HashMap<>();
    for (BatchRecord record : records) {
      if (record.message().isBlocked()) {
        continue;
      }
      try {
        Sampling sampling = admit(record, record.message());
        if (sampling == null) {
          continue;
        }
        ContentRules rules = rules(record.telemetry());
        SpanTree tree = record.tree(rules);
        DestinationRecord same = selected.get(tree.spans());
        if (same != null) {
          selected.put(tree.spans(), same.alsoOf(record.message()));
          counters.increment(Counter.DUPLICATES);
          continue;
        }
        String spanId = tree.spans().getFirst().getSpanId();
        int others = recordsOfId.merge(spanId, 1, Integer::sum) - 1;
        selected.put(
            tree.spans(),
            DestinationRecord.of(
                record.distinct(others), List.of(record.message()), rules, sampling, false));
      } catch (RuntimeException | StackOverflowError e) {
        record.message().fail(Failure.of(e));
      }
    }
    return List.copyOf(selected.values());
  }

  /** The records that are still to be sent, by the rules of the destination as it is now. */
  List<DestinationRecord> selectAgain(List<DestinationRecord> records) {
    List<DestinationRecord> selected = new ArrayList<>(records.size());
    for (DestinationRecord each : records) {
      try {
        List<BatchMessage> messages = new ArrayList<>();
        Sampling sampling = each.sampling();
        for (BatchMessage message : each.messages()) {
          Sampling admitted = admit(each.record(), message);
          if (admitted != null) {
            messages.add(message);
            sampling = admitted;
          }
        }
        if (!messages.isEmpty()) {
          ContentRules rules = rules(each.record().telemetry());
          selected.add(
              DestinationRecord.of(each.record(), messages, rules, sampling, each.truncated()));
        }
      } catch (RuntimeException | StackOverflowError e) {
        each.fail(Failure.of(e));
      }
    }
    return selected;
  }

  private ContentRules rules(TelemetryRecord telemetry) {
    return forced.applied(
        destination.privacyMode().stricter(telemetry.routing().privacyMode()),
        destination.redaction());
  }

  /** Null where the record is not sent; then its message knows, and it is counted. */
  private @Nullable Sampling admit(BatchRecord record, BatchMessage message) {
    switch (record.admission(destination, message)) {
      case Admission.Send(Sampling sampling) -> {
        return sampling;
      }
      case Admission.Left.SAMPLED_OUT -> counters.increment(Counter.SAMPLED_OUT);
      case Admission.Left.FILTERED -> counters.increment(Counter.FILTERED);
      case Admission.Left.DISABLED -> counters.increment(Counter.DISABLED);
      case Admission.Left.PRODUCER_NOT_ALLOWED -> {
        String detail =
            destination.name() + ": its secret's \"producers\" does not name the sender";
        message.fail(new Failure(Reason.PRODUCER_NOT_ALLOWED, detail));
        return null;
      }
    }
    message.done();
    return null;
  }
}
