package dev.sentrybroadcast.destination;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The port: destinations by name. Implementations are safe to call from several threads. */
public interface Destinations {

  /** The destination as it is known now; read from its store when that is due. */
  Lookup find(String name);

  /**
   * Reads the destination again at once, because Sentry refused {@code refused}. Returns what is
   * current; equal to {@code refused} when nothing changed.
   */
  Lookup readAgain(Destination refused);

  /** How long ago the value of this name was read from its store; null when it has none. */
  @Nullable Duration age(String name);

  /** Forgets how fresh what is known is: what is found next is read first (after a restore). */
  void expire();

  /** The same for this name alone: after a read that failed where nobody was told. */
  void expire(String name);

  /** The answer to a question for a destination. */
  sealed interface Lookup {

    /**
     * A usable destination.
     *
     * @param stale true when the store did not answer and the last good value serves
     */
    record Found(Destination destination, boolean stale) implements Lookup {}

    /** There is no secret of that name. */
    record Unknown(String name) implements Lookup {}

    /**
     * The secret is there, but not usable.
     *
     * @param field the JSON field, or null for the whole
     * @param expected what should have stood there; never what stands there
     */
    record Misconfigured(String name, @Nullable String field, String expected) implements Lookup {}

    /**
     * The store did not answer, and no good value is known.
     *
     * @param cause the kind of failure, such as an exception's simple class name
     */
    record Unavailable(String name, String cause) implements Lookup {}
  }
}
