package dev.sentrybroadcast.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The counters of one invocation. Not thread-safe. */
final class DeliveryCounters {

  /** Keeps the log line of a hostile batch short. */
  private static final int MAX_LINES = 20;

  int exported;
  int sampledOut;
  int filtered;
  int disabled;
  int duplicates;
  int malformed;
  int spans;
  int cutHarder;
  int lastGoodServed;
  int authRejected;
  int issuesSent;
  int issuesFailed;
  long rejectedSpans;
  private int requests;
  private long bytes;
  private long exportNanos;
  private Duration longestWait = Duration.ZERO;
  private Duration oldestDestination = Duration.ZERO;
  private long oldestEndEpochNanos = Long.MAX_VALUE;
  private int corrected;
  private final Map<String, Integer> corrections = new TreeMap<>();
  private final List<String> notices = new ArrayList<>();

  void request(int bodyBytes, long nanos) {
    requests++;
    bytes += bodyBytes;
    exportNanos += nanos;
  }

  void rateLimited(Duration wait) {
    if (wait.compareTo(longestWait) > 0) {
      longestWait = wait;
    }
  }

  void destinationAge(Duration age) {
    if (age.compareTo(oldestDestination) > 0) {
      oldestDestination = age;
    }
  }

  void exported(long endEpochNanos) {
    exported++;
    oldestEndEpochNanos = Math.min(oldestEndEpochNanos, endEpochNanos);
  }

  void correction(String what) {
    corrected++;
    if (corrections.size() < MAX_LINES || corrections.containsKey(what)) {
      corrections.merge(what, 1, Integer::sum);
    }
  }

  /** For the log; never content. */
  void notice(String text) {
    if (notices.size() < MAX_LINES && !notices.contains(text)) {
      notices.add(text);
    }
  }

  BatchReport report(List<ReturnedMessage> returned, int received, long nowEpochMillis) {
    long oldestAge =
        oldestEndEpochNanos == Long.MAX_VALUE
            ? 0
            : Math.max(0, nowEpochMillis - oldestEndEpochNanos / 1_000_000);
    return new BatchReport(
        returned,
        received,
        exported,
        sampledOut,
        filtered,
        disabled,
        duplicates,
        malformed,
        spans,
        requests,
        bytes,
        exportNanos / 1_000_000,
        seconds(longestWait),
        rejectedSpans,
        cutHarder,
        oldestAge,
        lastGoodServed,
        oldestDestination.toMillis(),
        authRejected,
        issuesSent,
        issuesFailed,
        corrected,
        corrections,
        notices);
  }

  /** In whole seconds, rounded up. */
  static long seconds(Duration wait) {
    return wait.plusMillis(999).toSeconds();
  }
}
