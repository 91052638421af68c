package dev.sentrybroadcast.delivery;

import java.util.List;

/**
 * The records of a batch that go to one destination, in order.
 *
 * @param name of the destination, as the records give it: any text
 */
record Route(String name, List<BatchRecord> records) {

  List<BatchMessage> messages() {
    return records.stream().map(BatchRecord::message).distinct().toList();
  }

  void fail(Failure failure) {
    messages().forEach(message -> message.fail(failure));
  }

  /** The name may be any text. */
  @Override
  public String toString() {
    return "Route[" + records.size() + " records]";
  }
}
