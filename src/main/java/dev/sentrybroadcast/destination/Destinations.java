package dev.sentrybroadcast.destination;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Destinations by name. Implementations are thread-safe. */
public interface Destinations {

  /** Returns the destination; reads its secret first if the cached value is too old. */
  Lookup<Destination> find(String name);

  /**
   * Reads the secret at once, because Sentry refused {@code refused}. Returns the current
   * destination; equal to {@code refused} if nothing changed.
   */
  Lookup<Destination> readAgain(Destination refused);

  /**
   * The routes, {@link Routes#NONE} where there is no such secret; reads it first if the cached
   * value is too old. A record that names no destination cannot be sent without them.
   */
  Lookup<Routes> routes();

  /** How long ago the value of this name was read from its store; null when it has none. */
  @Nullable Duration age(String name);

  /** Marks every cached value as too old, for example after a SnapStart restore. */
  void expire();

  /** The result of looking up a destination, or the routes. */
  sealed interface Lookup<T> {

    /**
     * A usable value.
     *
     * @param stale true if the last good value serves, because a newer one could not be read
     */
    record Found<T>(T value, boolean stale) implements Lookup<T> {}

    /** There is no secret of that name. */
    record Unknown<T>(String name) implements Lookup<T> {}

    /**
     * The secret exists but is not usable.
     *
     * @param field the JSON field, or null for the whole secret
     * @param expected what the field should hold; never what it holds
     */
    record Misconfigured<T>(String name, @Nullable String field, String expected)
        implements Lookup<T> {}

    /**
     * The store did not answer, and no good value is known.
     *
     * @param cause the kind of failure, such as the simple name of an exception's class
     */
    record Unavailable<T>(String name, String cause) implements Lookup<T> {}
  }
}
