package dev.sentrybroadcast.sentry;

import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that may be sent to: the setting {@code ALLOWED_ENDPOINT_HOSTS}. Names are compared
 * without regard to case and a trailing dot, addresses by what they mean. Which address a name
 * resolves to is for the caller to check.
 */
public final class AllowedHosts {

  private static final String ENTRY_FORMS =
      "a host, *.suffix, or http://host:port, several with commas";

  private final List<Entry> entries;

  private AllowedHosts(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** What a URI's host and port may be used for. */
  public sealed interface Permission {

    /**
     * May be sent to.
     *
     * @param privateAddress whether it may also be, or resolve to, a private, loopback or
     *     link-local address
     * @param namedPort whether an entry names its port, and not the host alone
     */
    record Permitted(boolean privateAddress, boolean namedPort) implements Permission {}

    /**
     * Must not be sent to.
     *
     * @param expected what would be permitted; nothing of the URI
     */
    record Refused(String expected) implements Permission {}
  }

  /**
   * Reads the setting.
   *
   * @throws IllegalArgumentException when an entry has none of the three forms; its message says
   *     which entry
   */
  public static AllowedHosts parse(String setting) {
    List<Entry> entries = new ArrayList<>();
    for (String part : setting.split(",", -1)) {
      String text = part.strip();
      if (!text.isEmpty()) {
        entries.add(Entry.parse(text));
      }
    }
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("no host in it; expected " + ENTRY_FORMS);
    }
    return new AllowedHosts(entries);
  }

  /** Whether this URI's scheme, host and port may be used, and if not, why not. */
  public Permission permits(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean https = scheme.equals("https");
    if (!https && !scheme.equals("http")) {
      return new Permission.Refused("an https URL");
    }
    if (uri.getRawUserInfo() != null) {
      return new Permission.Refused("a URL without user or key before the host");
    }
    String host = uri.getHost() == null ? null : canonicalHost(uri.getHost());
    if (host == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
      return new Permission.Refused("a URL with a host name, and a port from 1 to 65535 if any");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : https ? 443 : 80;
    boolean permitted = false;
    boolean privateAddress = false;
    boolean namedPort = false;
    for (Entry entry : entries) {
      if (entry.matches(host, port) && (https || entry.plainHttp())) {
        permitted = true;
        privateAddress |= entry.privateAddress();
        namedPort |= entry.port() != null;
      }
    }
    if (permitted) {
      return new Permission.Permitted(privateAddress, namedPort);
    }
    return new Permission.Refused(
        https
            ? "a host listed in ALLOWED_ENDPOINT_HOSTS"
            : "https (http only where ALLOWED_ENDPOINT_HOSTS has http:// with this host and port)");
  }

  @Override
  public String toString() {
    return entries.toString();
  }

  /** Lower case, without a trailing dot; addresses in one spelling; null if it is neither. */
  private static @Nullable String canonicalHost(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[")) {
      return name.endsWith("]") ? canonicalAddress(name.substring(1, name.length() - 1)) : null;
    }
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    if (!isHostName(name)) {
      return null;
    }
    return endsNumerically(name) ? canonicalAddress(name) : name;
  }

  private static @Nullable String canonicalAddress(String literal) {
    try {
      return InetAddress.ofLiteral(literal).getHostAddress();
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static boolean isHostName(String name) {
    boolean labelIsEmpty = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '.') {
        if (labelIsEmpty) {
          return false;
        }
        labelIsEmpty = true;
      } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') {
        labelIsEmpty = false;
      } else {
        return false;
      }
    }
    return !labelIsEmpty;
  }

  /**
   * Whether resolvers would take it for an IPv4 address, by the last label as URL parsers do. <a
   * href="https://url.spec.whatwg.org/#ends-in-a-number-checker">Ends in a number</a>.
   */
  private static boolean endsNumerically(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    if (last.startsWith("0x")) {
      return true;
    }
    for (int i = 0; i < last.length(); i++) {
      if (last.charAt(i) < '0' || last.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /**
   * One entry of the setting.
   *
   * @param host canonical; for a suffix with its leading dot
   * @param port of an {@code http://host:port} entry, else null: any
   */
  private record Entry(String host, boolean suffix, @Nullable Integer port) {

    static Entry parse(String text) {
      if (text.startsWith("*.")) {
        String suffix = canonicalHost(text.substring(2));
        if (suffix != null && !isAddress(suffix)) {
          return new Entry("." + suffix, true, null);
        }
      } else if (text.toLowerCase(Locale.ROOT).startsWith("http://")) {
        String address = text.substring("http://".length());
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? null : canonicalHost(address.substring(0, colon));
        Integer port = colon < 0 ? null : port(address.substring(colon + 1));
        if (host != null && port != null) {
          return new Entry(host, false, port);
        }
      } else {
        String host = canonicalHost(text);
        if (host != null) {
          return new Entry(host, false, null);
        }
      }
      // A DSN or a URL with a key, put here by mistake, must not end up in a log.
      String shown = text.indexOf('@') < 0 ? "\"" + text + "\"" : "an entry with @";
      throw new IllegalArgumentException(shown + " in it; expected " + ENTRY_FORMS);
    }

    private static boolean isAddress(String host) {
      return host.indexOf(':') >= 0 || endsNumerically(host);
    }

    private static @Nullable Integer port(String text) {
      if (text.isEmpty() || text.length() > 5 || !endsNumerically(text)) {
        return null;
      }
      try {
        int port = Integer.parseInt(text);
        return port >= 1 && port <= 65_535 ? port : null;
      } catch (NumberFormatException _) {
        return null;
      }
    }

    boolean plainHttp() {
      return port != null;
    }

    /** An address that is listed itself is meant, wherever it leads. */
    boolean privateAddress() {
      return plainHttp() || (!suffix && isAddress(host));
    }

    boolean matches(String otherHost, int otherPort) {
      if (port != null && port != otherPort) {
        return false;
      }
      return suffix
          ? otherHost.length() > host.length() && otherHost.endsWith(host)
          : otherHost.equals(host);
    }

    @Override
    public String toString() {
      return (suffix ? "*" : plainHttp() ? "http://" : "")
          + host
          + (port == null ? "" : ":" + port);
    }
  }
}
