package dev.sentrybroadcast.sentry;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How far a connection came.
 *
 * @param step the last one that was begun
 * @param cause why it came no further; says nothing once it is connected
 * @param failure of the address that was tried last; null where none has failed, or the time is
 *     over
 */
public record Reach(Step step, HttpResult.Cause cause, @Nullable IOException failure) {

  /** The steps, in their order. */
  public enum Step {
    /** The look-up of the host's name. */
    DNS,
    /** A TCP connection to one of its addresses. */
    CONNECT,
    /** The TLS handshake. */
    TLS,
    /** All of it is done. */
    CONNECTED
  }
}
