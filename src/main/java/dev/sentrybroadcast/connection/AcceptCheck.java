package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.connection.Check.Name;
import dev.sentrybroadcast.sentry.HttpResult;
import java.time.Duration;
import java.util.Locale;
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

  /** No further export is sent with less time left. */
  private static final long EXPORT_MILLIS = 1000;

  /** Fewer say nothing, because the first ones are accepted whatever the key is. */
  private static final int ENOUGH = 3;

  private final Exports exports;
  private final ConnectionTest.World world;

  private @Nullable Long latencyMillis;
  private int accepted;
  private int unavailable;

  AcceptCheck(Exports exports, ConnectionTest.World world) {
    this.exports = exports;
    this.world = world;
  }

  /** Of the first export; null when it was not answered. */
  @Nullable Long latencyMillis() {
    return latencyMillis;
  }

  Check run() throws InterruptedException {
    long start = world.nanoClock().getAsLong();
    Exports.Outcome last = null;
    for (int sent = 0; sent <= GAP_MILLIS.length; sent++) {
      if (sent > 0) {
        long gap = GAP_MILLIS[sent - 1];
        if (exports.left().toMillis() < gap + EXPORT_MILLIS) {
          break;
        }
        world.pause().sleep(Duration.ofMillis(gap));
      }
      long exportStart = world.nanoClock().getAsLong();
      last = exports.send(EMPTY_EXPORT);
      if (last.result() instanceof HttpResult.NoResponse) {
        return unlessEnough(before() + last.described(), last.verdict().action());
      }
      if (latencyMillis == null) {
        latencyMillis = millisSince(exportStart);
      }
      switch (last.verdict().kind()) {
        case ACCEPTED -> accepted++;
        case UNAVAILABLE -> unavailable++;
        case TOO_LARGE, RATE_LIMITED, KEY_REJECTED, MISCONFIGURED -> {
          return last.rejected(Name.ACCEPT, before());
        }
      }
    }
    return unrejected(last, millisSince(start));
  }

  private Check unrejected(Exports.@Nullable Outcome last, long millis) {
    int answers = accepted + unavailable;
    String sent =
        String.format(
            Locale.ROOT,
            "%d empty export%s over %.1f s",
            answers,
            answers == 1 ? "" : "s",
            millis / 1000.0);
    if (unavailable > 0) {
      return unlessEnough(
          sent
              + ": "
              + accepted
              + " accepted, "
              + unavailable
              + " answered with a server error"
              + (last == null || last.isAccepted() ? "." : ", the last with " + last.seen() + "."),
          "Try again later; look at Sentry's status page or the Relay's log.");
    }
    return accepted >= ENOUGH
        ? Check.passed(Name.ACCEPT, "No rejection seen: " + sent + ", all of them accepted.")
        : Check.inconclusive(
            Name.ACCEPT,
            "No rejection seen, but only " + sent + ": the answers were slow.",
            "Test again: a wrong key may show only after some seconds.");
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

  private long millisSince(long nanos) {
    return (world.nanoClock().getAsLong() - nanos) / 1_000_000;
  }
}
