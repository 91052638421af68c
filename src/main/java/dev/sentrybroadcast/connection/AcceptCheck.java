package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.connection.Check.Name;
import dev.sentrybroadcast.connection.Probe.Outcome.Answered;
import dev.sentrybroadcast.connection.Probe.Outcome.Unanswered;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether Sentry accepts the key, by empty exports, of which nothing is stored. Relay
 * answers 200 until it has fetched the key's project, and 403 from then on, so several exports are
 * sent over some seconds. See {@code check_envelope} in {@code
 * relay-server/src/services/projects/cache/project.rs} of https://github.com/getsentry/relay.
 */
final class AcceptCheck {

  private static final byte[] EMPTY_EXPORT = {};
  private static final long[] GAP_MILLIS = {500, 1000, 1000, 1500};

  /** A probe is not begun with less time left. */
  private static final long PROBE_MILLIS = 1000;

  /** Fewer say nothing, because the first ones are accepted whatever the key is. */
  private static final int ENOUGH = 3;

  private final Probe probe;
  private final Pause pause;
  private final LongSupplier nanoClock;

  private @Nullable Long latencyMillis;
  private int accepted;
  private int serverErrors;

  AcceptCheck(Probe probe, Pause pause, LongSupplier nanoClock) {
    this.probe = probe;
    this.pause = pause;
    this.nanoClock = nanoClock;
  }

  /**
   * What the empty exports showed.
   *
   * @param inconclusive Sentry takes nothing for the key now, or too little was answered in time
   * @param latencyMillis of the first export; null when it was not answered
   */
  record Result(Check check, boolean inconclusive, @Nullable Long latencyMillis) {}

  Result run() throws InterruptedException {
    long start = nanoClock.getAsLong();
    Answered last = null;
    for (int sent = 0; sent <= GAP_MILLIS.length; sent++) {
      if (sent > 0) {
        long gap = GAP_MILLIS[sent - 1];
        if (probe.left().get().toMillis() < gap + PROBE_MILLIS) {
          break;
        }
        pause.pass(Duration.ofMillis(gap));
      }
      long probeStart = nanoClock.getAsLong();
      switch (probe.post(EMPTY_EXPORT)) {
        case Unanswered(String seen, String action) -> {
          return result(unlessEnough(before() + seen, action));
        }
        case Answered answer -> {
          if (latencyMillis == null) {
            latencyMillis = millisSince(probeStart);
          }
          if (answer.accepted()) {
            accepted++;
          } else if (answer.status() >= 500) {
            serverErrors++;
          } else {
            Check check = rejected(Name.ACCEPT, before(), answer);
            return new Result(check, check.status() == Check.Status.WARNING, latencyMillis);
          }
          last = answer;
        }
      }
    }
    return unrejected(last, millisSince(start));
  }

  /** A 429 is a warning, because the key works; all others are failures. */
  static Check rejected(Name name, String before, Answered answer) {
    Rejection rejection = Rejection.of(answer);
    String seen = before + "Sentry answered " + answer.described() + ": " + rejection.meaning();
    return answer.status() == 429
        ? Check.warning(name, seen, rejection.action())
        : Check.failed(name, seen, rejection.action());
  }

  private Result unrejected(@Nullable Answered last, long millis) {
    int answers = accepted + serverErrors;
    String exports =
        String.format(
            Locale.ROOT,
            "%d empty export%s over %.1f s",
            answers,
            answers == 1 ? "" : "s",
            millis / 1000.0);
    if (serverErrors > 0) {
      String lastAnswer =
          last == null || last.accepted() ? "." : ", the last with " + last.described() + ".";
      return result(
          unlessEnough(
              exports
                  + ": "
                  + accepted
                  + " accepted, "
                  + serverErrors
                  + " answered with a server error"
                  + lastAnswer,
              "Try again later; look at Sentry's status page or the Relay's log."));
    }
    if (accepted >= ENOUGH) {
      return result(
          Check.passed(
              Name.ACCEPT, "No rejection seen: " + exports + ", all of them accepted."));
    }
    return new Result(
        Check.warning(
            Name.ACCEPT,
            "No rejection seen, but only " + exports + ": the answers were slow.",
            "Test again: a wrong key may show only after some seconds."),
        true,
        latencyMillis);
  }

  /** A failure, or a warning where enough exports were accepted. */
  private Check unlessEnough(String seen, String action) {
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
