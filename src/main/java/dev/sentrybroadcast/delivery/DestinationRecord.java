package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.destination.Sampling;
import dev.sentrybroadcast.genai.SpanTree;
import dev.sentrybroadcast.generation.ContentRules;
import java.util.ArrayList;
import java.util.List;

/**
 * What one destination gets of one record.
 *
 * @param messages those that hold the record; not empty
 * @param sampling why it is sent
 * @param truncated whether its content was truncated harder than the settings say
 */
record DestinationRecord(
    BatchRecord record,
    List<BatchMessage> messages,
    ContentRules rules,
    Sampling sampling,
    SpanTree tree,
    boolean truncated) {

  static DestinationRecord of(
      BatchRecord record,
      List<BatchMessage> messages,
      ContentRules rules,
      Sampling sampling,
      boolean truncated) {
    SpanTree tree = truncated ? record.smallerTree(rules) : record.tree(rules);
    return new DestinationRecord(
        record,
        List.copyOf(messages),
        rules,
        sampling,
        // Where nothing is sampled there is nothing to weigh.
        sampling.rate() < 1 ? tree.withSampling(sampling.reason().json(), sampling.rate()) : tree,
        truncated);
  }

  /** The same record, which one more message holds. */
  DestinationRecord alsoOf(BatchMessage message) {
    List<BatchMessage> more = new ArrayList<>(messages);
    more.add(message);
    return new DestinationRecord(record, List.copyOf(more), rules, sampling, tree, truncated);
  }

  DestinationRecord truncatedHarder() {
    return of(record, messages, rules, sampling, /* truncated= */ true);
  }

  /** The topmost span's name, which the records of one application share. */
  String application() {
    return tree.spans().getFirst().getName();
  }

  /** The record's session; empty where it has none. */
  String session() {
    String session = record.telemetry().caller().sessionId();
    return session == null ? "" : session;
  }

  void done() {
    messages.forEach(BatchMessage::done);
  }

  void fail(Failure failure) {
    messages.forEach(message -> message.fail(failure));
  }

  /** Whether each of its messages is returned in any case, to keep the order of its group. */
  boolean isBlocked() {
    return messages.stream().allMatch(BatchMessage::isBlocked);
  }
}
