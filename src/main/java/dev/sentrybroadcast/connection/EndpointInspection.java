package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.sentry.AllowedHosts;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The first half of the guard: judges an endpoint by its text alone, before anything is resolved.
 * What two parsers could read differently is refused, not interpreted.
 */
sealed interface EndpointInspection {

  int MAX_LENGTH = 1024;
  String CANONICAL_END = "/integration/otlp/v1/traces";

  /**
   * May be looked up.
   *
   * @param uri equal to the text that was given
   */
  record Admitted(Endpoint endpoint, URI uri) implements EndpointInspection {}

  /**
   * Must not be.
   *
   * @param host to be shown, when it is a well-formed name
   */
  record Refused(String seen, String action, @Nullable String host) implements EndpointInspection {}

  /**
   * Inspects a text.
   *
   * @param rightOne the endpoint that the DSN implies; null when there is no usable DSN
   */
  static EndpointInspection of(
      @Nullable String given, AllowedHosts allowed, @Nullable String rightOne) {
    String use =
        "Use "
            + (rightOne == null ? "https://{host}/api/{project id}" + CANONICAL_END : rightOne)
            + " .";
    if (given == null || given.isBlank()) {
      return new Refused("No endpoint was given.", use, null);
    }
    String text = given.strip();
    if (text.length() > MAX_LENGTH || !isPlain(text)) {
      return new Refused(
          "The endpoint is too long, or has characters that have no place in it.", use, null);
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException _) {
      return new Refused("The endpoint is not a URL.", use, null);
    }
    if (uri.getRawUserInfo() != null || text.indexOf('@') >= 0) {
      return new Refused(
          "The endpoint has user information before its host, as a DSN has.",
          "Put the DSN into \"dsn\". " + use,
          null);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return new Refused("The endpoint is not an https URL.", use, null);
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      return new Refused(
          "The endpoint has a query or a fragment.",
          "Leave it out: the key is sent as a header. " + use,
          null);
    }
    return ofParts(uri, scheme.equals("https"), allowed, use);
  }

  private static EndpointInspection ofParts(
      URI uri, boolean tls, AllowedHosts allowed, String use) {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    boolean address = !host.isEmpty() && HostName.isAddress(host);
    if (host.isEmpty() || (!address && !HostName.isWellFormed(host))) {
      return new Refused("The endpoint has no well-formed host name.", use, null);
    }
    String shown = address ? null : host;
    if (!(allowed.permits(uri)
        instanceof AllowedHosts.Permission.Permitted(boolean privateAddress, boolean namedPort))) {
      return new Refused(
          address
              ? "The endpoint's host is an IP address."
              : tls
                  ? "The endpoint's host is not one of those that this installation may send to."
                  : "The endpoint is not https.",
          "Check the endpoint. If it is meant, the operator adds its host to"
              + " ALLOWED_ENDPOINT_HOSTS, for plain http or a private address as http://host:port.",
          shown);
    }
    if (address && !privateAddress) {
      return new Refused(
          "The endpoint's host is an IP address.",
          "Use the host's name, or have the operator list http://address:port in"
              + " ALLOWED_ENDPOINT_HOSTS.",
          null);
    }
    int usual = tls ? 443 : 80;
    int port = uri.getPort() < 0 ? usual : uri.getPort();
    if (port != usual && !namedPort) {
      return new Refused(
          "The endpoint's port is not " + usual + ".",
          "Leave the port out. For another one the operator lists http://host:port in"
              + " ALLOWED_ENDPOINT_HOSTS.",
          shown);
    }
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String fault = pathFault(path);
    return fault == null
        ? new Admitted(new Endpoint(tls, host, port, path, privateAddress), uri)
        : new Refused(fault, use, shown);
  }

  /** What is wrong with the path, as a sentence, or null. */
  private static @Nullable String pathFault(String path) {
    String whole = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    if (whole.contains("//") || whole.contains("/./") || whole.contains("/../")) {
      return "The endpoint's path has empty or dotted segments.";
    }
    for (int i = 0; i < whole.length(); i++) {
      char c = whole.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && "/-_.~".indexOf(c) < 0) {
        return "The endpoint's path has characters that Sentry's paths do not have.";
      }
    }
    if (whole.endsWith(CANONICAL_END)) {
      return null;
    }
    if (whole.endsWith("/otlp/v1/traces")) {
      return "The endpoint's path is the old one, without /integration, that Sentry has removed.";
    }
    if (whole.endsWith("/integration/otlp") || whole.endsWith("/integration/otlp/v1")) {
      return "The endpoint's path is the one of all signals; /v1/traces is missing at its end.";
    }
    if (whole.endsWith("/v1/logs") || whole.endsWith("/v1/metrics")) {
      return "The endpoint's path is not the one for traces.";
    }
    if (whole.endsWith("/envelope") || whole.endsWith("/store")) {
      return "The endpoint's path is the one for Sentry's own SDKs, not for OpenTelemetry.";
    }
    return "The endpoint's path does not end in " + CANONICAL_END + ".";
  }

  /** Visible ASCII, and none of the characters that some parsers take for others. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '\\' || c == '"' || c == '<' || c == '>') {
        return false;
      }
    }
    return true;
  }
}
