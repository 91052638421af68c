package dev.sentrybroadcast.function;

import dev.sentrybroadcast.intake.QueuedMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one event.
 *
 * @param queueArn null when no message names its queue
 */
record QueueBatch(List<QueuedMessage> messages, @Nullable String queueArn) {

  QueueBatch {
    messages = List.copyOf(messages);
  }

  /**
   * Told by the queue's name, not by a message group: messages of a standard queue may have one,
   * for fairness
   * (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html).
   */
  boolean fifo() {
    return queueArn != null && queueArn.endsWith(".fifo");
  }
}
