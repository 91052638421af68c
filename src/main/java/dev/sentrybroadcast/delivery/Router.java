package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.QueuedMessage;
import java.util.List;
import java.util.function.Function;

/** Decodes the messages of a batch and groups their records by destination. */
record Router(Function<QueuedMessage, List<Decoded>> decoder) {

  /** Puts the records of the batch into the table. */
  void route(List<BatchMessage> batch, RouteTable table, Deadline deadline) {
    for (BatchMessage message : batch) {
      if (message.isBlocked()) {
        continue;
      }
      if (deadline.isOver()) {
        message.fail(new Failure(Reason.OUT_OF_TIME, "not read, the time was over"));
        continue;
      }
      try {
        table.add(message, decoder.apply(message.message()));
      } catch (RuntimeException | StackOverflowError e) {
        message.fail(Failure.of(e));
      }
    }
  }
}
