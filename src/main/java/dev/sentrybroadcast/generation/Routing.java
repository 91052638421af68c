package dev.sentrybroadcast.generation;

import java.util.List;

/**
 * What the record says about where it goes.
 *
 * @param destinations names of destinations; empty means the default
 * @param privacyMode {@link PrivacyMode#ON} when the record asks for metadata only; a record can
 *     only make its destination's mode stricter
 */
public record Routing(List<String> destinations, PrivacyMode privacyMode) {

  public Routing {
    destinations = List.copyOf(destinations);
  }
}
