package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.sentry.Pause;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** When a request is sent again: exponential back-off with full jitter, within the deadline. */
record Retries(Pause pause, RandomGenerator random) {

  static final int MAX_ATTEMPTS = 3;

  /** The longest wait for Sentry. The invocation is paid for meanwhile. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private static final Duration LONGEST_SEND = Duration.ofSeconds(10);

  /** With less time no request is sent, because it would be cut off and sent again. */
  private static final Duration SHORTEST_SEND = Duration.ofMillis(100);

  private static final long BASE_MILLIS = 200;

  /** How long a request may take; null when there is no time for one. */
  static @Nullable Duration sendTimeout(Deadline deadline) {
    Duration remaining = deadline.remaining();
    if (remaining.compareTo(SHORTEST_SEND) < 0) {
      return null;
    }
    return remaining.compareTo(LONGEST_SEND) < 0 ? remaining : LONGEST_SEND;
  }

  /**
   * Waits before the next attempt, at least as long as was asked for; false when there should be
   * none.
   *
   * @param failures attempts that failed so far
   */
  boolean backOff(int failures, @Nullable Duration atLeast, Deadline deadline) {
    if (failures >= MAX_ATTEMPTS) {
      return false;
    }
    Duration jitter = Duration.ofMillis(random.nextLong((BASE_MILLIS << failures) + 1));
    return await(atLeast != null && atLeast.compareTo(jitter) > 0 ? atLeast : jitter, deadline);
  }

  /** Waits, if that is short and leaves time to send; false when it does not, or is interrupted. */
  boolean await(Duration wait, Deadline deadline) {
    if (wait.compareTo(LONGEST_WAIT) > 0
        || wait.plus(SHORTEST_SEND).compareTo(deadline.remaining()) > 0) {
      return false;
    }
    try {
      pause.sleep(wait);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
