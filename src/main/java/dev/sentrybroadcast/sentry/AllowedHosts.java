package dev.sentrybroadcast.sentry;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that may be sent to: the setting {@code ALLOWED_ENDPOINT_HOSTS}. Names are compared
 * without regard to case and a trailing dot, addresses by their value. Whoever connects checks the
 * addresses that a name resolves to, by the {@link AddressPolicy} of the permission.
 */
public record AllowedHosts(List<Entry> entries) {

  private static final String ENTRY_FORMS =
      "a host, *.suffix, or http://host:port, several with commas";

  /**
   * Reads the setting.
   *
   * @throws IllegalArgumentException when an entry has none of the three forms; its message says
   *     which entry
   */
  public static AllowedHosts parse(String setting) {
    List<Entry> entries =
        Arrays.stream(setting.split(",", -1))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .map(Entry::parse)
            .toList();
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("no host in it; expected " + ENTRY_FORMS);
    }
    return new AllowedHosts(entries);
  }

  /**
   * Whether this URI's scheme, host and port may be used, and if not, why not. What is accepted has
   * no path.
   */
  public EndpointCheck permits(URI uri) {
    String host = uri.getHost() == null ? null : HostName.canonical(uri.getHost());
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean https = scheme.equals("https");
    if (!https && !scheme.equals("http")) {
      return new EndpointCheck.Refused("The endpoint is not an https URL.", "an https URL", host);
    }
    if (uri.getRawUserInfo() != null) {
      return new EndpointCheck.Refused(
          "The endpoint has user information before its host, as a DSN has.",
          "a URL without user or key before the host",
          host);
    }
    if (host == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
      return new EndpointCheck.Refused(
          "The endpoint has no well-formed host and port.",
          "a URL with a host name, and a port from 1 to 65535 if any",
          host);
    }
    int usualPort = https ? 443 : 80;
    int port = uri.getPort() < 0 ? usualPort : uri.getPort();
    List<Entry> matching =
        entries.stream().filter(entry -> entry.matches(host, port, https)).toList();
    if (matching.isEmpty()) {
      return refusal(host, port, https);
    }
    return new EndpointCheck.Accepted(
        URI.create(scheme + "://" + host + (port == usualPort ? "" : ":" + port)),
        matching.stream().anyMatch(Entry::privateAddress)
            ? AddressPolicy.ANY
            : AddressPolicy.PUBLIC,
        null);
  }

  private EndpointCheck refusal(String host, int port, boolean https) {
    if (!https) {
      return new EndpointCheck.Refused(
          "The endpoint is not https.",
          "https (http only where ALLOWED_ENDPOINT_HOSTS has http:// with this host and port)",
          host);
    }
    if (port != 443 && entries.stream().anyMatch(entry -> entry.matches(host, 443, true))) {
      return new EndpointCheck.Refused(
          "The endpoint's port is not 443.",
          "port 443 (another one only where ALLOWED_ENDPOINT_HOSTS has http://host:port for it)",
          host);
    }
    return new EndpointCheck.Refused(
        HostName.isAddress(host)
            ? "The endpoint's host is an IP address."
            : "The endpoint's host is not one that this installation may send to.",
        "a host listed in ALLOWED_ENDPOINT_HOSTS",
        host);
  }

  /**
   * One entry of the setting.
   *
   * @param host canonical; a suffix has its leading dot
   * @param port of an {@code http://host:port} entry; null for https on port 443
   */
  record Entry(String host, boolean suffix, @Nullable Integer port) {

    private static final Pattern HTTP =
        Pattern.compile("http://(.+):([0-9]{1,5})", Pattern.CASE_INSENSITIVE);

    static Entry parse(String text) {
      Matcher http = HTTP.matcher(text);
      boolean suffix = text.startsWith("*.");
      Integer port = http.matches() ? Integer.valueOf(http.group(2)) : null;
      String host =
          HostName.canonical(port != null ? http.group(1) : suffix ? text.substring(2) : text);
      if (host == null
          || (suffix && HostName.isAddress(host))
          || (port != null && (port < 1 || port > 65_535))) {
        // A DSN or a URL with a key, put here by mistake, must not be logged.
        String shown = text.indexOf('@') < 0 ? "\"" + text + "\"" : "an entry with @";
        throw new IllegalArgumentException(shown + " in it; expected " + ENTRY_FORMS);
      }
      return new Entry(suffix ? "." + host : host, suffix, port);
    }

    /** Also of an address that is listed without a port. */
    boolean privateAddress() {
      return port != null || (!suffix && HostName.isAddress(host));
    }

    boolean matches(String otherHost, int otherPort, boolean https) {
      boolean samePort = port == null ? https && otherPort == 443 : port == otherPort;
      return samePort && (suffix ? otherHost.endsWith(host) : otherHost.equals(host));
    }
  }
}
