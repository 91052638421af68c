package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.intake.QueuedMessage;
import java.time.Duration;
import java.util.List;

/** The port to the queue that the messages of this invocation come from. */
public interface SourceQueue {

  /**
   * Hides the messages for {@code wait} from now on, until Sentry takes them again, so that a rate
   * limit does not use up their receives. A message that cannot be hidden is no reason to fail: it
   * comes back with the queue's own visibility timeout.
   *
   * @param messages with their receipt handles; any number of them
   * @param wait whole seconds, from 1 second to {@link Broadcast#LONGEST_HIDING}
   */
  void hide(List<QueuedMessage> messages, Duration wait);

  /**
   * Puts a message on the queue, for what is left of an object that takes several invocations. Does
   * not throw.
   *
   * @param body names a part of an object; no content
   * @param delay until it can be received
   * @return whether the queue accepted it; only then the message that it takes the place of may be
   *     deleted
   */
  boolean send(String body, Duration delay);
}
