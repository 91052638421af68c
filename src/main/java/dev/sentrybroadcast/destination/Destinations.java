package dev.sentrybroadcast.destination;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Destinations by name. Implementations are thread-safe. */
public interface Destinations {

  /** Returns the destination; reads its secret first if the cached value is too old. */
  Lookup find(String name);

  /**
   * Reads the secret at once, because Sentry refused {@code refused}. Returns the current
   * destination; equal to {@code refused} if nothing changed.
   */
  Lookup readAgain(Destination refused);

  /** The routes; reads their secret first if the cached value is too old. */
  RoutesLookup routes();

  /** How long ago the value of this name was read from its store; null when it has none. */
  @Nullable Duration age(String name);

  /** Marks every cached value as too old, for example after a SnapStart restore. */
  void expire();

  /** The result of a look-up. */
  sealed interface Lookup {

    /**
     * A usable destination.
     *
     * @param stale true if the last good value serves, because a newer one could not be read
     */
    record Found(Destination destination, boolean stale) implements Lookup {}

    /** There is no secret of that name. */
    record Unknown(String name) implements Lookup {}

    /**
     * The secret exists but is not usable.
     *
     * @param field the JSON field, or null for the whole secret
     * @param expected what the field should hold; never what it holds
     */
    record Misconfigured(String name, @Nullable String field, String expected) implements Lookup {}

    /**
     * The store did not answer, and no good value is known.
     *
     * @param cause the kind of failure, such as the simple name of an exception's class
     */
    record Unavailable(String name, String cause) implements Lookup {}
  }

  /** The result of looking up the routes. */
  sealed interface RoutesLookup {

    /**
     * The routes, {@link Routes#NONE} where there is no such secret; stale as with a destination.
     */
    record Found(Routes routes, boolean stale) implements RoutesLookup {}

    /** They are not known, so a record that names no destination cannot be sent. */
    record Unusable(Lookup why) implements RoutesLookup {}
  }
}
