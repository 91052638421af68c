package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.Destinations;
import dev.sentrybroadcast.destination.Destinations.Lookup;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the destinations of one batch, or fails the records with the reason why there is none to
 * use. With less time left than the slowest look-up took, only destinations that are known are
 * looked up: a store that hangs does not use up the invocation, however many a batch names.
 */
final class DestinationLookup {

  private static final int LONGEST_NAME = 100;

  private final Destinations destinations;
  private final Deadline deadline;
  private Duration slowest = Duration.ZERO;

  DestinationLookup(Destinations destinations, Deadline deadline) {
    this.destinations = destinations;
    this.deadline = deadline;
  }

  /** The destination; or null, and the messages of its records are told why. */
  @Nullable Destination find(String name, List<BatchRecord> records, Tally tally) {
    String said = printable(name);
    Duration left = deadline.remaining();
    if (left.compareTo(slowest) <= 0 && destinations.age(name).isZero()) {
      fail(records, Reason.OUT_OF_TIME, said + ": not looked up, the time was over");
      return null;
    }
    Reason reason;
    String detail;
    try {
      switch (destinations.find(name)) {
        case Lookup.Found(Destination destination, boolean stale) -> {
          if (stale) {
            tally.lastGoodServed++;
            tally.notice(said + ": its secret could not be read, the last good value serves");
          }
          tally.destinationAge(destinations.age(name));
          return destination;
        }
        case Lookup.Unknown _ -> {
          reason = Reason.UNKNOWN_DESTINATION;
          detail = said + ": there is no such destination";
        }
        case Lookup.Misconfigured(_, String field, String expected) -> {
          reason = Reason.DESTINATION_MISCONFIGURED;
          detail = said + ": " + (field == null ? "" : field + ": ") + expected;
        }
        case Lookup.Unavailable(_, String cause) -> {
          reason = Reason.SECRETS_UNAVAILABLE;
          detail = said + ": its secret could not be read: " + cause;
        }
      }
    } catch (RuntimeException e) {
      reason = Reason.BUG;
      detail = said + ": " + Bug.describe(e);
    } finally {
      Duration took = left.minus(deadline.remaining());
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
    }
    fail(records, reason, detail);
    return null;
  }

  private static void fail(List<BatchRecord> records, Reason reason, String detail) {
    for (BatchRecord record : records) {
      record.message().fail(reason, detail);
    }
  }

  /** A name out of a record may be any text; what could not be a secret's name is left out. */
  private static String printable(String name) {
    if (name.length() > LONGEST_NAME) {
      return "(no name)";
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c > '~') {
        return "(no name)";
      }
    }
    return name;
  }
}
