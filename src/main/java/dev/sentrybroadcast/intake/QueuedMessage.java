package dev.sentrybroadcast.intake;

import org.jspecify.annotations.Nullable;

/**
 * One message of the queue.
 *
 * @param sentEpochMillis when the producer put it on the queue
 * @param receiptHandle of this receive; needed to change its visibility
 * @param group the message group on a FIFO queue, else null
 * @param senderId SQS's id of who sent it, or null
 */
public record QueuedMessage(
    String messageId,
    String body,
    long sentEpochMillis,
    @Nullable String receiptHandle,
    @Nullable String group,
    @Nullable String senderId) {

  /** A message whose sender is not known. */
  public QueuedMessage(
      String messageId,
      String body,
      long sentEpochMillis,
      @Nullable String receiptHandle,
      @Nullable String group) {
    this(messageId, body, sentEpochMillis, receiptHandle, group, null);
  }

  @Override
  public String toString() {
    return "QueuedMessage[" + messageId + "]";
  }
}
