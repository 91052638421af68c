package dev.sentrybroadcast.sentry;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The judgement of {@link AllowedHosts} on a URI, or of {@link OtlpEndpoint} on an endpoint. */
public sealed interface EndpointCheck {

  /**
   * It can be sent to.
   *
   * @param endpoint in one spelling: scheme and host in lower case, no slash at the end
   * @param addresses where its host may be
   * @param warning what is unusual about its path, to stand after a semicolon; null when nothing is
   */
  record Accepted(URI endpoint, AddressPolicy addresses, @Nullable String warning)
      implements EndpointCheck {}

  /**
   * It cannot be sent to. The texts quote at most the project's number and what the DSN implies.
   *
   * @param seen a sentence: what is wrong with it
   * @param expected what should stand there, to follow "expected"
   * @param host the host, if it is a well-formed name; null for an address
   */
  record Refused(String seen, String expected, @Nullable String host) implements EndpointCheck {
    public Refused {
      host = host == null || HostName.isAddress(host) ? null : host;
    }
  }
}
