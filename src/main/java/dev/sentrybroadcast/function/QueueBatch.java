package dev.sentrybroadcast.function;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.sentrybroadcast.intake.QueuedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lambda's event as values. The event's beans may be null anywhere.
 *
 * @param queueArn null when no message names its queue
 */
record QueueBatch(List<QueuedMessage> messages, @Nullable String queueArn) {

  QueueBatch {
    messages = List.copyOf(messages);
  }

  static QueueBatch of(@Nullable SQSEvent event) {
    @Nullable List<SQSEvent.SQSMessage> records = event == null ? null : event.getRecords();
    if (records == null) {
      return new QueueBatch(List.of(), null);
    }
    List<QueuedMessage> messages = new ArrayList<>(records.size());
    String queueArn = null;
    for (SQSEvent.SQSMessage message : records) {
      if (message != null) {
        messages.add(queued(message));
        queueArn = queueArn == null ? message.getEventSourceArn() : queueArn;
      }
    }
    return new QueueBatch(messages, queueArn);
  }

  /**
   * Told by the queue's name, not by a message group: messages of a standard queue may have one,
   * for fairness
   * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html).
   */
  boolean fifo() {
    return queueArn != null && queueArn.endsWith(".fifo");
  }

  private static QueuedMessage queued(SQSEvent.SQSMessage message) {
    Map<String, String> attributes = message.getAttributes();
    Map<String, String> known = attributes == null ? Map.of() : attributes;
    return new QueuedMessage(
        // An empty id, if it must be returned, fails the whole batch: nothing is lost.
        orEmpty(message.getMessageId()),
        orEmpty(message.getBody()),
        number(known.get("SentTimestamp"), 0),
        (int) number(known.get("ApproximateReceiveCount"), 1),
        message.getReceiptHandle(),
        known.get("MessageGroupId"));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static long number(@Nullable String text, long fallback) {
    if (text == null) {
      return fallback;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      return fallback;
    }
  }
}
