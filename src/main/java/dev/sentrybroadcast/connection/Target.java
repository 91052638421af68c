package dev.sentrybroadcast.connection;

import java.net.InetAddress;
import java.util.List;

/**
 * Where the guard lets a test connect to.
 *
 * @param host the name that certificates and the Host header are held against
 * @param addresses every address that may be connected to; the name is not resolved again
 */
record Target(boolean tls, String host, int port, List<InetAddress> addresses) {

  Target {
    addresses = List.copyOf(addresses);
  }

  String authority() {
    return port == (tls ? 443 : 80) ? host : host + ":" + port;
  }
}
