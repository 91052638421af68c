package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.genai.SpanTree;
import dev.sentrybroadcast.generation.PrivacyMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What one destination gets of one record, and the messages that wait for it to arrive. */
final class Parcel {

  private final BatchRecord record;
  private final List<BatchMessage> messages = new ArrayList<>(1);
  private PrivacyMode mode;
  private SpanTree tree;
  private boolean cutHarder;

  Parcel(BatchRecord record, PrivacyMode mode) {
    this.record = record;
    this.mode = mode;
    tree = record.tree(mode);
    messages.add(record.message());
  }

  BatchRecord record() {
    return record;
  }

  SpanTree tree() {
    return tree;
  }

  /** Leaves more out, or less, where the destination's rules have changed. */
  void mapIn(PrivacyMode newMode) {
    if (newMode != mode) {
      mode = newMode;
      tree = cutHarder ? record.smallerTree(newMode) : record.tree(newMode);
    }
  }

  void cutHarder() {
    tree = record.smallerTree(mode);
    cutHarder = true;
  }

  boolean isCutHarder() {
    return cutHarder;
  }

  /** Spans of a record have ids of their own; the first one's stands for all. */
  String identity() {
    return tree.spans().getFirst().getSpanId();
  }

  /** The topmost span's name, which the records of one application share. */
  String application() {
    return tree.spans().getFirst().getName();
  }

  /** Of the record; empty where it has none. */
  String session() {
    String session = record.telemetry().caller().sessionId();
    return session == null ? "" : session;
  }

  /** A second message with the very same record. */
  void addMessage(BatchMessage message) {
    messages.add(message);
  }

  /** Nothing is left to do for it at its destination. */
  void arrived() {
    for (BatchMessage message : messages) {
      message.arrived();
    }
  }

  void fail(Reason reason, String detail) {
    fail(reason, detail, Duration.ZERO);
  }

  void fail(Reason reason, String detail, Duration wait) {
    for (BatchMessage message : messages) {
      message.fail(reason, detail, wait);
    }
  }

  /** Whether each of its messages is returned in any case, for the order of its group. */
  boolean isBlocked() {
    for (BatchMessage message : messages) {
      if (!message.isBlocked()) {
        return false;
      }
    }
    return true;
  }
}
