package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.http.Origin;
import java.net.InetAddress;
import java.util.List;

/**
 * Where the guard lets a test connect to.
 *
 * @param addresses every address that may be connected to; the name is not resolved again
 */
record Target(Origin origin, List<InetAddress> addresses) {

  Target {
    addresses = List.copyOf(addresses);
  }
}
