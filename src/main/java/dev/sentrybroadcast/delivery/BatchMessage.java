package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.intake.QueuedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One message of a batch and what is known of it so far. It is done only when each of its records
 * is known to be done at each of its destinations. A record that is forgotten is returned, never
 * deleted.
 */
final class BatchMessage {

  private final QueuedMessage message;
  private final @Nullable BatchMessage predecessor;
  private int expected;
  private int done;
  private @Nullable Failure failure;
  private @Nullable Failure lasting;
  private Duration hidden = Duration.ZERO;

  /**
   * A message of which nothing is known.
   *
   * @param predecessor the message before it in its group, on a queue that keeps order; else null
   */
  BatchMessage(QueuedMessage message, @Nullable BatchMessage predecessor) {
    this.message = message;
    this.predecessor = predecessor;
  }

  /**
   * The messages of a batch, in its order.
   *
   * @param fifo whether each one follows those before it in its group
   */
  static List<BatchMessage> batch(List<QueuedMessage> messages, boolean fifo) {
    Map<String, BatchMessage> lastOfGroup = new HashMap<>();
    List<BatchMessage> batch = new ArrayList<>(messages.size());
    for (QueuedMessage message : messages) {
      // Fair queues have groups too, but keep no order.
      String group = message.group() == null ? "" : message.group();
      BatchMessage added = new BatchMessage(message, fifo ? lastOfGroup.get(group) : null);
      lastOfGroup.put(group, added);
      batch.add(added);
    }
    return batch;
  }

  QueuedMessage message() {
    return message;
  }

  /** One of its records goes to one more destination. */
  void expect() {
    expected++;
  }

  /** One of its records is done at one of its destinations. */
  void done() {
    done++;
  }

  /** Only the first failure is reported. The longest wait counts. */
  void fail(Failure newFailure) {
    if (failure == null) {
      failure = newFailure;
    }
    if (lasting == null && !newFailure.reason().isOfOneRecord()) {
      lasting = newFailure;
    }
    if (newFailure.delay().compareTo(hidden) > 0) {
      hidden = newFailure.delay();
    }
  }

  /** The first failure that would also be that of other records; null if there is none. */
  @Nullable Failure lastingFailure() {
    return lasting;
  }

  /** Why it is not done; null when it is. */
  @Nullable Failure failure() {
    if (failure != null) {
      return failure;
    }
    if (isBlocked()) {
      return new Failure(Reason.GROUP_BLOCKED, "an earlier message of its group was returned");
    }
    return expected == 0 || done != expected
        ? new Failure(Reason.BUG, (expected - done) + " of its records are undecided")
        : null;
  }

  /** Whether an earlier message of the group has failed. Then this one is returned in any case. */
  boolean isBlocked() {
    for (BatchMessage m = predecessor; m != null; m = m.predecessor) {
      if (m.failure != null) {
        return true;
      }
    }
    return false;
  }

  /** How long to hide it from receivers; zero for the queue's own visibility timeout. */
  Duration hidden() {
    return hidden;
  }

  /** Null when it is done. */
  @Nullable ReturnedMessage verdict() {
    Failure known = failure();
    return known == null
        ? null
        : new ReturnedMessage(message.messageId(), known.reason(), known.detail());
  }
}
