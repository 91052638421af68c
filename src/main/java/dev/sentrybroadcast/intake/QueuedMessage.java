package dev.sentrybroadcast.intake;

import org.jspecify.annotations.Nullable;

/**
 * One message as the queue gave it.
 *
 * @param sentEpochMillis when the producer put it on the queue
 * @param receiptHandle of this receive; needed to change its visibility
 * @param group the message group on a FIFO queue, else null
 */
public record QueuedMessage(
    String messageId,
    MessageBody body,
    long sentEpochMillis,
    @Nullable String receiptHandle,
    @Nullable String group) {

  /** With its body as a text. */
  public QueuedMessage(
      String messageId,
      String body,
      long sentEpochMillis,
      @Nullable String receiptHandle,
      @Nullable String group) {
    this(messageId, MessageBody.of(body), sentEpochMillis, receiptHandle, group);
  }

  @Override
  public String toString() {
    return "QueuedMessage[" + messageId + "]";
  }
}
