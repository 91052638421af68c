package dev.sentrybroadcast.delivery;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.intake.QueuedMessage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The result of a batch: the messages to return, and the numbers for the log line and the metrics.
 *
 * @param returned the messages that were not delivered, in the order of the batch
 * @param counts those that are not zero
 * @param corrections kinds of corrections and paths of fields, with how often each occurred; at
 *     most as many as fit a log line
 * @param notices for the log: faults that returned no message; never content
 */
public record BatchReport(
    List<ReturnedMessage> returned,
    Map<Counter, Long> counts,
    Map<String, Integer> corrections,
    List<String> notices) {

  public BatchReport {
    returned = List.copyOf(returned);
    counts = Map.copyOf(counts);
    corrections = Map.copyOf(corrections);
    notices = List.copyOf(notices);
  }

  /** The report of a batch that is returned as a whole, because of a bug of ours. */
  public static BatchReport ofBug(List<QueuedMessage> messages, RuntimeException bug) {
    String detail = Failure.describe(bug);
    List<ReturnedMessage> returned =
        messages.stream()
            .map(message -> new ReturnedMessage(message.messageId(), Reason.BUG, detail))
            .toList();
    return new DeliveryCounters().report(returned, messages.size());
  }

  public long count(Counter counter) {
    return counts.getOrDefault(counter, 0L);
  }

  /** How many messages were returned for each reason. Reasons without one are left out. */
  public Map<Reason, Long> returnedByReason() {
    return returned.stream()
        .collect(
            groupingBy(ReturnedMessage::reason, () -> new EnumMap<>(Reason.class), counting()));
  }
}
