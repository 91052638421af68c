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

  /** A heap of which more than a third is in use is collected after an invocation. */
  private static final int LARGE_HEAP = 3;

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

  /**
   * To be called at the end of an invocation. Lambda gives 85 % of the memory to the heap, and the
   * JVM uses all of it before it collects what large batches leave. With what the JVM needs beside
   * the heap that is more than the memory, and Lambda would end the process. At the end little is
   * live, so this takes 15 to 40 ms.
   */
  static void releaseMemory() {
    Runtime jvm = Runtime.getRuntime();
    if (jvm.totalMemory() - jvm.freeMemory() > jvm.maxMemory() / LARGE_HEAP) {
      System.gc();
    }
  }
}
