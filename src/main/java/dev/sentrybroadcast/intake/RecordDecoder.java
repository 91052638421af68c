package dev.sentrybroadcast.intake;

import java.util.List;

/** Reads a queue message: one record, or an array of records, of any known dialect. */
public final class RecordDecoder {

  /** One result per record, in order; never empty. */
  public List<Decoded> decode(QueuedMessage message) {
    return List.of(new Decoded.Malformed("$", message.messageId()));
  }
}
