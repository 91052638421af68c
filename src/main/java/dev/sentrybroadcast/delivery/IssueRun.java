package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.sentry.ErrorEvent;
import dev.sentrybroadcast.sentry.RateLimits;
import java.time.Duration;

/**
 * One invocation's sending of error events to one destination, after its spans. What fails here
 * fails no record: it is counted, and told in a notice.
 */
final class IssueRun {

  private final DestinationRun run;
  private final Retries retries;
  private final Tally tally;
  private final Deadline deadline;
  private boolean stopped;

  IssueRun(DestinationRun run, Retries retries, Tally tally, Deadline deadline) {
    this.run = run;
    this.retries = retries;
    this.tally = tally;
    this.deadline = deadline;
  }

  void send() {
    for (ErrorEvent event : run.events()) {
      if (!stopped && isAccepted(event)) {
        tally.issuesSent++;
      } else {
        tally.issuesFailed++;
      }
    }
  }

  private boolean isAccepted(ErrorEvent event) {
    int failures = 0;
    while (true) {
      Duration limited = run.exporter().limited(RateLimits.Category.ERROR);
      if (limited.isPositive() && (failures > 0 || !retries.await(limited, deadline))) {
        return giveUp("rate limited");
      }
      Duration timeout = Retries.sendTimeout(deadline);
      if (timeout == null) {
        return giveUp("the time was over");
      }
      switch (run.exporter().sendEvent(event, timeout)) {
        case ExportResult.Accepted _ -> {
          return true;
        }
        case ExportResult.TooLarge _ -> {
          tally.notice(run.name() + ": an issue was too large");
          return false;
        }
        case ExportResult.Rejected(int status) -> {
          return giveUp("HTTP " + status);
        }
        case ExportResult.Unauthorized(int status, _) -> {
          return giveUp("HTTP " + status);
        }
        case ExportResult.Throttled _ -> {
          if (!retries.backOff(++failures, null, deadline)) {
            return giveUp("HTTP 429");
          }
        }
        case ExportResult.Unavailable(String what, Duration retryAfter) -> {
          if (!retries.backOff(++failures, retryAfter, deadline)) {
            return giveUp(what);
          }
        }
      }
    }
  }

  private boolean giveUp(String why) {
    stopped = true;
    tally.notice(run.name() + ": issues not sent: " + why);
    return false;
  }
}
