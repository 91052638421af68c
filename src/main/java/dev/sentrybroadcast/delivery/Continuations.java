package dev.sentrybroadcast.delivery;

import java.time.Duration;

/**
 * The port to the queue by which a message is split: for an object that takes several invocations.
 */
@FunctionalInterface
public interface Continuations {

  /**
   * Puts a message on the queue of this invocation. Does not throw.
   *
   * @param body names a part of an object; no content
   * @param delay until it can be received
   * @return whether the queue accepted it; only then the message that it takes the place of may be
   *     deleted
   */
  boolean send(String body, Duration delay);
}
