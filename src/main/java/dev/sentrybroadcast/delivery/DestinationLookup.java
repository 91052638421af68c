package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.Destinations;
import dev.sentrybroadcast.destination.Destinations.Lookup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the destination for records, or fails them with the reason why there is none to use. */
final class DestinationLookup {

  private static final int LONGEST_NAME = 100;

  private final Destinations destinations;

  DestinationLookup(Destinations destinations) {
    this.destinations = destinations;
  }

  /** The destination; or null, and the messages of its records are told why. */
  @Nullable Destination find(String name, List<BatchRecord> records, Tally tally) {
    String said = printable(name);
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
    }
    for (BatchRecord record : records) {
      record.message().fail(reason, detail);
    }
    return null;
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
