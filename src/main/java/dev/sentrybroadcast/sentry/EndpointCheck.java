package dev.sentrybroadcast.sentry;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What a text given as an OTLP traces endpoint turned out to be. */
public sealed interface EndpointCheck {

  /**
   * It can be sent to.
   *
   * @param pathWarning when the path is not Sentry's own: how it differs and which one is right;
   *     else null
   */
  record Accepted(URI endpoint, @Nullable String pathWarning) implements EndpointCheck {}

  /**
   * It cannot be sent to.
   *
   * @param expected what should stand there; of what stands there at most the project's number
   */
  record Refused(String expected) implements EndpointCheck {}
}
