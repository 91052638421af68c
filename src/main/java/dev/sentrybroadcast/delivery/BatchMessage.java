package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.intake.QueuedMessage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One message of a batch and its verdict: done only when each of its records is known to be done at
 * each of its destinations. What is forgotten comes back; it is never deleted.
 */
final class BatchMessage {

  private final QueuedMessage message;
  private final MessageGroup group;
  private final int position;
  private int awaited;
  private boolean empty = true;
  private @Nullable ReturnedMessage returned;
  private Duration hidden = Duration.ZERO;

  /**
   * A message that has not failed.
   *
   * @param group shared by the messages that must keep their order; on a queue without order, each
   *     message has its own
   * @param position in the batch
   */
  BatchMessage(QueuedMessage message, MessageGroup group, int position) {
    this.message = message;
    this.group = group;
    this.position = position;
  }

  QueuedMessage message() {
    return message;
  }

  /** One of its records has to arrive at one more destination. */
  void await() {
    awaited++;
    empty = false;
  }

  /** One of its records is done at one of its destinations. */
  void arrived() {
    awaited--;
  }

  /** The first failure is the one that is told. */
  void fail(Reason reason, String detail) {
    if (returned == null) {
      returned = new ReturnedMessage(message.messageId(), reason, detail);
      group.failedAt(position);
    }
  }

  void fail(Reason reason, String detail, Duration wait) {
    fail(reason, detail);
    if (wait.compareTo(hidden) > 0) {
      hidden = wait;
    }
  }

  /** Whether an earlier message of the group has failed: then this one is returned in any case. */
  boolean isBlocked() {
    return group.hasFailedBefore(position);
  }

  /** How long to hide it; zero to leave that to the queue. */
  Duration hidden() {
    return hidden;
  }

  /** Null when it is done. */
  @Nullable ReturnedMessage verdict() {
    if (returned != null) {
      return returned;
    }
    if (isBlocked()) {
      return new ReturnedMessage(
          message.messageId(),
          Reason.GROUP_BLOCKED,
          "an earlier message of its group was returned");
    }
    if (empty || awaited != 0) {
      return new ReturnedMessage(
          message.messageId(), Reason.BUG, "left with " + awaited + " records undecided");
    }
    return null;
  }

  /** Messages that must be deleted in order, and where the first of them failed. */
  static final class MessageGroup {

    private int firstFailure = Integer.MAX_VALUE;

    private void failedAt(int position) {
      firstFailure = Math.min(firstFailure, position);
    }

    private boolean hasFailedBefore(int position) {
      return firstFailure < position;
    }
  }
}
