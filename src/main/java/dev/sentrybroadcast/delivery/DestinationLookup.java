package dev.sentrybroadcast.delivery;

import static java.util.Comparator.comparingLong;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.destination.CachedDestinations;
import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.Destinations;
import dev.sentrybroadcast.destination.Destinations.Lookup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the destinations of one batch. A batch may name any number of them, and their store may
 * hang, so look-ups of names that are not known are bounded in number and time.
 */
final class DestinationLookup {

  /** Names that are not known yet, and looked up in one invocation. */
  static final int MAX_UNKNOWN_NAMES = 50;

  private final Destinations destinations;
  private final Deadline deadline;
  private final DeliveryCounters counters;
  private int unknownNames;
  private Duration slowest = Duration.ZERO;

  DestinationLookup(Destinations destinations, Deadline deadline, DeliveryCounters counters) {
    this.destinations = destinations;
    this.deadline = deadline;
    this.counters = counters;
  }

  boolean isKnown(Route route) {
    return destinations.age(route.name()) != null;
  }

  /**
   * Sorts names that are not known. Those of messages with few such names come first, so that one
   * message with many of them does not use up the look-ups of the others.
   */
  static List<Route> sorted(List<Route> unknown) {
    Map<BatchMessage, Long> names =
        unknown.stream()
            .flatMap(route -> route.messages().stream())
            .collect(groupingBy(identity(), counting()));
    ToLongFunction<Route> fewest =
        route ->
            route.messages().stream().mapToLong(m -> names.getOrDefault(m, 0L)).min().orElse(0);
    return unknown.stream().sorted(comparingLong(fewest)).toList();
  }

  /** The destination; or null, and the messages of its records are told why. */
  @Nullable Destination find(Route route) {
    String name = route.name();
    if (!CachedDestinations.isName(name)) {
      // It may be any text, even a DSN, so it is not repeated.
      return fail(route, Reason.UNKNOWN_DESTINATION, "a destination that is not a valid name");
    }
    Duration left = deadline.remaining();
    if (!isKnown(route)) {
      if (unknownNames == MAX_UNKNOWN_NAMES) {
        String detail = "not looked up, the batch has too many unknown destinations";
        return fail(route, Reason.UNKNOWN_DESTINATION, name + ": " + detail);
      }
      if (left.compareTo(slowest) <= 0) {
        return fail(route, Reason.OUT_OF_TIME, name + ": not looked up, the time was over");
      }
      unknownNames++;
    }
    try {
      return found(route, name, destinations.find(name));
    } catch (RuntimeException e) {
      return fail(route, Reason.BUG, name + ": " + Failure.describe(e));
    } finally {
      Duration took = left.minus(deadline.remaining());
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
    }
  }

  private @Nullable Destination found(Route route, String name, Lookup<Destination> lookup) {
    if (!(lookup instanceof Lookup.Found<Destination>(Destination destination, boolean stale))) {
      route.fail(failure(lookup));
      return null;
    }
    if (stale) {
      counters.increment(Counter.LAST_GOOD_SERVED);
      counters.notice(name + ": its secret could not be read, its last good value is used");
    }
    Duration age = destinations.age(name);
    if (age != null) {
      counters.max(Counter.DESTINATION_MILLIS, age.toMillis());
    }
    return destination;
  }

  /** Why there is no usable value; that of routes has their name. */
  static Failure failure(Lookup<?> lookup) {
    return switch (lookup) {
      case Lookup.Found<?> found -> throw new IllegalArgumentException(found + " was found");
      case Lookup.Unknown<?>(String name) ->
          new Failure(Reason.UNKNOWN_DESTINATION, name + ": there is no such destination");
      case Lookup.Misconfigured<?>(String name, String field, String expected) ->
          new Failure(
              Reason.DESTINATION_MISCONFIGURED,
              name + ": " + (field == null ? "" : field + ": ") + expected);
      case Lookup.Unavailable<?>(String name, String cause) ->
          new Failure(
              Reason.SECRETS_UNAVAILABLE, name + ": its secret could not be read: " + cause);
    };
  }

  private static @Nullable Destination fail(Route route, Reason reason, String detail) {
    route.fail(new Failure(reason, detail));
    return null;
  }
}
