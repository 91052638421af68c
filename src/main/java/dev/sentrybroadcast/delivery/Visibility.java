package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.intake.QueuedMessage;
import java.time.Duration;
import java.util.List;

/**
 * The port to the queue: keeps messages hidden until Sentry takes them again, so that a rate limit
 * does not use up their receives.
 */
@FunctionalInterface
public interface Visibility {

  /**
   * Hides the messages for {@code wait} from now on. A message that cannot be hidden is no reason
   * to fail: it comes back with the queue's own visibility timeout.
   *
   * @param messages with their receipt handles; any number of them
   * @param wait whole seconds, from 1 second to {@link Broadcast#LONGEST_HIDING}
   */
  void extend(List<QueuedMessage> messages, Duration wait);
}
