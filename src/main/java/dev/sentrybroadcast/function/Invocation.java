package dev.sentrybroadcast.function;

import java.time.Duration;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The current invocation, for adapters that are built once per execution environment.
 *
 * @param remainingMillis until Lambda ends the invocation
 * @param queueArn the queue of its messages; null if they do not name it
 */
record Invocation(InvocationLog log, IntSupplier remainingMillis, @Nullable String queueArn) {

  /** Bound on the handler's thread. */
  static final ScopedValue<Invocation> CURRENT = ScopedValue.newInstance();

  private static final Duration OUTSIDE = Duration.ofMinutes(1);

  /** Time until Lambda ends the current invocation; a minute outside of one. */
  static Duration timeLeft() {
    return CURRENT.isBound()
        ? Duration.ofMillis(CURRENT.get().remainingMillis.getAsInt())
        : OUTSIDE;
  }

  /** Logs a warning; nothing outside of an invocation. */
  static void warn(String notice) {
    if (CURRENT.isBound()) {
      CURRENT.get().log.warn(notice);
    }
  }
}
