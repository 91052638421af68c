package dev.sentrybroadcast.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The counters of one invocation. Not thread-safe. */
final class DeliveryCounters {

  /** Keeps the log line of a hostile batch short. */
  private static final int MAX_LINES = 20;

  private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
  private final Map<String, Integer> corrections = new TreeMap<>();
  private final List<String> notices = new ArrayList<>();

  void add(Counter counter, long number) {
    counts.merge(counter, number, Long::sum);
  }

  void increment(Counter counter) {
    add(counter, 1);
  }

  /** Keeps the largest number. */
  void max(Counter counter, long number) {
    counts.merge(counter, number, Math::max);
  }

  void request(SpanSender.Sent request) {
    increment(Counter.REQUESTS);
    add(Counter.REQUEST_BYTES, request.bodyBytes());
    add(Counter.EXPORT_MILLIS, request.time().toMillis());
  }

  void correction(String what) {
    increment(Counter.CORRECTED);
    if (corrections.size() < MAX_LINES || corrections.containsKey(what)) {
      corrections.merge(what, 1, Integer::sum);
    }
  }

  /** Adds a line for the log; never content. */
  void notice(String text) {
    if (notices.size() < MAX_LINES && !notices.contains(text)) {
      notices.add(text);
    }
  }

  BatchReport report(List<ReturnedMessage> returned, int received) {
    add(Counter.RECEIVED, received);
    add(Counter.RETURNED, returned.size());
    return new BatchReport(returned, counts, corrections, notices);
  }

  /** In whole seconds, rounded up. */
  static long seconds(Duration wait) {
    return wait.plusMillis(999).toSeconds();
  }
}
