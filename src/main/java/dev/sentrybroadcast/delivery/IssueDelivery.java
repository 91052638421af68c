package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.sentry.ErrorEvent;
import dev.sentrybroadcast.sentry.RateLimits;
import dev.sentrybroadcast.sentry.ResponseVerdict;
import java.time.Duration;

/**
 * Sends the error events of one invocation to one destination, after its spans. A failure here
 * returns no message. It is counted, and a notice says why.
 */
final class IssueDelivery {

  private final DestinationDelivery spans;
  private final Retries retries;
  private final DeliveryCounters counters;
  private final Deadline deadline;
  private boolean stopped;

  IssueDelivery(
      DestinationDelivery spans, Retries retries, DeliveryCounters counters, Deadline deadline) {
    this.spans = spans;
    this.retries = retries;
    this.counters = counters;
    this.deadline = deadline;
  }

  void send() {
    for (ErrorEvent event : spans.events()) {
      boolean isSent = !stopped && isSent(event);
      counters.increment(isSent ? Counter.ISSUES_SENT : Counter.ISSUES_FAILED);
    }
  }

  private boolean isSent(ErrorEvent event) {
    try {
      return isAccepted(event);
    } catch (RuntimeException e) {
      counters.notice(spans.name() + ": an issue was not sent: " + Failure.describe(e));
      return false;
    }
  }

  private boolean isAccepted(ErrorEvent event) {
    int failures = 0;
    while (true) {
      Duration limited = spans.exporter().limited(RateLimits.Category.ERROR);
      if (limited.isPositive() && (failures > 0 || !retries.await(limited, deadline))) {
        return stop("rate limited");
      }
      Duration timeout = Retries.sendTimeout(deadline);
      if (timeout == null) {
        return stop("the time was over");
      }
      ResponseVerdict verdict = spans.exporter().sendEvent(event, timeout);
      switch (verdict.kind()) {
        case ACCEPTED -> {
          return true;
        }
        case TOO_LARGE -> {
          counters.notice(spans.name() + ": an issue was too large");
          return false;
        }
        case MISCONFIGURED, KEY_REJECTED -> {
          return stop(verdict.seen());
        }
        case RATE_LIMITED, UNAVAILABLE -> {
          if (!retries.backOff(++failures, verdict.retryAfter(), deadline)) {
            return stop(verdict.seen());
          }
        }
      }
    }
  }

  private boolean stop(String why) {
    stopped = true;
    counters.notice(spans.name() + ": issues not sent: " + why);
    return false;
  }
}
