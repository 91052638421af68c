package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.intake.QueuedMessage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The result of a batch: the messages to return, and the numbers for the log line and the metrics.
 *
 * <p>Counts of records are per destination from {@code exported} to {@code duplicates}: a record
 * for two destinations counts twice.
 *
 * @param returned the messages that were not delivered, in the order of the batch
 * @param received messages
 * @param exported accepted by Sentry
 * @param sampledOut left out by a destination's sampling rate
 * @param filtered left out by a destination's list of API keys
 * @param disabled left out because their destination is switched off
 * @param duplicates of a record of the same batch, sent once
 * @param malformed records
 * @param spans accepted by Sentry
 * @param requests sent to Sentry with spans, each try counted
 * @param bytes of those requests' bodies, as compressed
 * @param exportMillis spent in the HTTP exchanges of those requests, without making the requests
 * @param rateLimitedSeconds the longest wait that Sentry asked for
 * @param rejectedSpans said to be rejected by answers that accepted the request
 * @param cutHarder records whose content was truncated harder to fit
 * @param oldestRecordAgeMillis of the records that were exported: the longest time since one ended
 * @param lastGoodServed destinations used with their last good value, because their secret could
 *     not be read
 * @param destinationAgeMillis the longest time since a destination of the batch was read from its
 *     store
 * @param authRejected answers 401 and 403
 * @param issuesSent error events accepted by Sentry
 * @param issuesFailed error events that were not accepted
 * @param corrected how often intake corrected something or left it out
 * @param corrections kinds of corrections and paths of fields, with how often each occurred; at most
 *     as many as fit a log line
 * @param notices for the log: faults that returned no message; never content
 */
public record BatchReport(
    List<ReturnedMessage> returned,
    int received,
    int exported,
    int sampledOut,
    int filtered,
    int disabled,
    int duplicates,
    int malformed,
    int spans,
    int requests,
    long bytes,
    long exportMillis,
    long rateLimitedSeconds,
    long rejectedSpans,
    int cutHarder,
    long oldestRecordAgeMillis,
    int lastGoodServed,
    long destinationAgeMillis,
    int authRejected,
    int issuesSent,
    int issuesFailed,
    int corrected,
    Map<String, Integer> corrections,
    List<String> notices) {

  public BatchReport {
    returned = List.copyOf(returned);
    corrections = Map.copyOf(corrections);
    notices = List.copyOf(notices);
  }

  /** The report of a batch that is returned as a whole, because of a bug of ours. */
  public static BatchReport ofBug(List<QueuedMessage> messages, RuntimeException bug) {
    List<ReturnedMessage> returned = new ArrayList<>(messages.size());
    String detail = Bug.describe(bug);
    for (QueuedMessage message : messages) {
      returned.add(new ReturnedMessage(message.messageId(), ReturnedMessage.Reason.BUG, detail));
    }
    return new DeliveryCounters().report(returned, messages.size(), 0);
  }

  /** How many messages were returned for each reason; reasons without one are left out. */
  public Map<ReturnedMessage.Reason, Integer> returnedByReason() {
    Map<ReturnedMessage.Reason, Integer> counts = new EnumMap<>(ReturnedMessage.Reason.class);
    for (ReturnedMessage message : returned) {
      counts.merge(message.reason(), 1, Integer::sum);
    }
    return counts;
  }
}
