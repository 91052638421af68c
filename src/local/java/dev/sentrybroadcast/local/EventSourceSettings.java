package dev.sentrybroadcast.local;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How an event source mapping and its function are configured.
 *
 * @param batchSize up to 10, or up to 10,000 with a window of a second or more
 * @param window how long a batch waits to be filled
 * @param functionTimeout what the remaining time is counted from
 * @param concurrency batches in flight; each has a handler of its own, as each execution
 *     environment has
 * @param log gets what the handler logs through its context
 */
public record EventSourceSettings(
    int batchSize,
    Duration window,
    Duration functionTimeout,
    int concurrency,
    Consumer<String> log) {

  static final int RECEIVE_LIMIT = 10;

  public static final EventSourceSettings DEFAULTS =
      new EventSourceSettings(
          RECEIVE_LIMIT, Duration.ZERO, Duration.ofSeconds(30), 1, System.out::print);

  public EventSourceSettings {
    if (batchSize > RECEIVE_LIMIT && window.toSeconds() < 1) {
      throw new IllegalArgumentException("a batch size over 10 needs a window of a second");
    }
  }

  public EventSourceSettings withBatch(int size, Duration window) {
    return new EventSourceSettings(size, window, functionTimeout, concurrency, log);
  }

  public EventSourceSettings withFunctionTimeout(Duration timeout) {
    return new EventSourceSettings(batchSize, window, timeout, concurrency, log);
  }

  public EventSourceSettings withConcurrency(int batches) {
    return new EventSourceSettings(batchSize, window, functionTimeout, batches, log);
  }

  public EventSourceSettings withLog(Consumer<String> log) {
    return new EventSourceSettings(batchSize, window, functionTimeout, concurrency, log);
  }
}
