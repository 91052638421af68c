package dev.sentrybroadcast.function;

import dev.sentrybroadcast.intake.QueuedMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one event.
 *
 * @param queueArn null if no message names its queue
 */
record QueueBatch(List<QueuedMessage> messages, @Nullable String queueArn) {

  QueueBatch {
    messages = List.copyOf(messages);
  }

  /**
   * Decided by the queue's name: messages of a standard queue can have a group, too. <a
   * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html">Fair
   * queues</a>
   */
  boolean fifo() {
    return queueArn != null && queueArn.endsWith(".fifo");
  }
}
