package dev.sentrybroadcast.http;

import java.net.URI;
import java.util.Objects;

/**
 * Where requests go to.
 *
 * @param host the name that certificates and the Host header are held against; an IPv6 address
 *     stands in brackets
 */
public record Origin(boolean tls, String host, int port) {

  /**
   * The origin of an {@code https} or {@code http} URI that has a host.
   *
   * @see <a href="https://datatracker.ietf.org/doc/html/rfc9110#section-4.2">RFC 9110, 4.2</a>
   */
  public static Origin of(URI uri) {
    boolean tls = !"http".equalsIgnoreCase(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    return new Origin(tls, Objects.requireNonNull(uri.getHost(), "no host"), port);
  }

  /** As the Host header has it. */
  void appendAuthority(StringBuilder head) {
    head.append(host);
    if (port != (tls ? 443 : 80)) {
      head.append(':').append(port);
    }
  }

  /** Whether the host is an address, as the JDK reads them: it needs no look-up. */
  public boolean isAddress() {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if ((c < '0' || c > '9') && c != '.') {
        return host.startsWith("[");
      }
    }
    return true;
  }

  // Written out: what a record has of itself is linked at run time, by method handles.

  @Override
  public boolean equals(Object other) {
    return other instanceof Origin that
        && tls == that.tls
        && port == that.port
        && host.equals(that.host);
  }

  @Override
  public int hashCode() {
    return host.hashCode() * 31 + port;
  }
}
