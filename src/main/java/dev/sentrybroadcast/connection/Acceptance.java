package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.connection.Check.Name;
import dev.sentrybroadcast.http.TimeLimit;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether Sentry takes the key, with empty exports of which nothing is stored. Relay
 * answers 200 until it has fetched the key's project, and 403 from then on: hence several, over
 * some seconds. https://github.com/getsentry/relay, {@code check_envelope} in {@code
 * relay-server/src/services/projects/cache/project.rs}.
 */
final class Acceptance {

  private static final byte[] EMPTY_EXPORT = {};
  private static final long[] GAP_MILLIS = {500, 1000, 1000, 1500};
  private static final long PROBE_RESERVE_MILLIS = 1000;

  /** Fewer say nothing: the first ones are accepted whatever the key is. */
  private static final int ENOUGH = 3;

  private final Prober prober;
  private final Pause pause;
  private final TimeLimit limit;
  private final LongSupplier nanoClock;

  private @Nullable Long latencyMillis;
  private int accepted;
  private int overloaded;

  Acceptance(Prober prober, Pause pause, TimeLimit limit) {
    this.prober = prober;
    this.pause = pause;
    this.limit = limit;
    this.nanoClock = limit.nanoClock();
  }

  /**
   * What the empty exports showed.
   *
   * @param inconclusive Sentry takes nothing for the key now, or too little was answered in time
   */
  record Result(Check check, boolean inconclusive, @Nullable Long latencyMillis) {}

  Result run(String path, String auth) throws InterruptedException {
    long start = nanoClock.getAsLong();
    IngestAnswer last = null;
    for (int probe = 0; probe <= GAP_MILLIS.length; probe++) {
      if (probe > 0) {
        long gap = GAP_MILLIS[probe - 1];
        if (limit.leftMillis() < gap + PROBE_RESERVE_MILLIS) {
          break;
        }
        pause.pass(Duration.ofMillis(gap));
      }
      long sent = nanoClock.getAsLong();
      switch (prober.post(path, auth, EMPTY_EXPORT)) {
        case Prober.Probe.Unanswered(String seen, String action) -> {
          return result(
              accepted < ENOUGH
                  ? Check.failed(Name.ACCEPT, before() + seen, action)
                  : Check.warning(Name.ACCEPT, before() + seen, action));
        }
        case Prober.Probe.Answered(IngestAnswer answer) -> {
          if (latencyMillis == null) {
            latencyMillis = millisSince(sent);
          }
          last = answer;
          if (answer.accepted()) {
            accepted++;
          } else if (answer.status() >= 500) {
            overloaded++;
          } else {
            return conclusive(answer);
          }
        }
      }
    }
    return unrefused(last, millisSince(start));
  }

  private Result conclusive(IngestAnswer answer) {
    boolean throttled = answer.status() == 429;
    Rejection rejection = Rejection.of(answer);
    String seen = before() + "Sentry answered " + answer.described() + ": " + rejection.meaning();
    return new Result(
        throttled
            ? Check.warning(Name.ACCEPT, seen, rejection.action())
            : Check.failed(Name.ACCEPT, seen, rejection.action()),
        throttled,
        latencyMillis);
  }

  private Result unrefused(@Nullable IngestAnswer last, long millis) {
    int answers = accepted + overloaded;
    String times = answers == 1 ? "1 empty export" : answers + " empty exports";
    String span = " over " + millis / 1000 + "." + millis % 1000 / 100 + " s";
    if (overloaded > 0) {
      return result(overloaded(times + span, last));
    }
    if (accepted >= ENOUGH) {
      return result(
          Check.passed(
              Name.ACCEPT, "No rejection seen: " + times + span + ", all of them accepted."));
    }
    return new Result(
        Check.warning(
            Name.ACCEPT,
            "No rejection seen, but only " + times + span + ": the answers were slow.",
            "Test again: a wrong key may show only after some seconds."),
        true,
        latencyMillis);
  }

  private Check overloaded(String exports, @Nullable IngestAnswer last) {
    String seen =
        exports
            + ": "
            + accepted
            + " accepted, "
            + overloaded
            + " answered with a server error"
            + (last == null || last.accepted() ? "." : ", the last with " + last.described() + ".");
    String action = "Try again later; look at Sentry's status page or the Relay's log.";
    return accepted < ENOUGH
        ? Check.failed(Name.ACCEPT, seen, action)
        : Check.warning(Name.ACCEPT, seen, action);
  }

  private String before() {
    return accepted == 0 ? "" : "After " + accepted + " accepted empty export(s): ";
  }

  private Result result(Check check) {
    return new Result(check, false, latencyMillis);
  }

  private long millisSince(long nanos) {
    return (nanoClock.getAsLong() - nanos) / 1_000_000;
  }
}
