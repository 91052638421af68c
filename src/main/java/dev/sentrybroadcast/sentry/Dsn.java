package dev.sentrybroadcast.sentry;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A parsed Sentry DSN: {@code {scheme}://{public
 * key}[:{secret}]@{host}[:{port}]{prefix}/{project}}. The secret of old DSNs is not needed to send,
 * and not kept.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case; an IPv6 address stands in its brackets
 * @param port null when the DSN names none
 * @param pathPrefix what stands before the project id, without a trailing slash; often empty
 * @param projectId digits
 * @see <a href="https://docs.sentry.io/concepts/key-terms/dsn-explainer/">DSN explainer</a>
 */
public record Dsn(
    String scheme,
    String publicKey,
    String host,
    @Nullable Integer port,
    String pathPrefix,
    String projectId) {

  private static final String FORM = "https://{public key}@{host}/{project id}";
  private static final int MASK_SHOWS = 4;

  /** Relay reads the project id as an unsigned 64-bit number. */
  private static final int PROJECT_ID_MAX_DIGITS = 20;

  /** Reads a DSN by the rules that Sentry's own SDKs share; the project id must be a number. */
  public static Dsn parse(String text) {
    String dsn = text.strip();
    if (dsn.isEmpty()) {
      throw new InvalidDsnException("empty", FORM);
    }
    int schemeEnd = dsn.indexOf("://");
    if (schemeEnd < 0) {
      throw new InvalidDsnException("no scheme", FORM);
    }
    String scheme = dsn.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw new InvalidDsnException("unsupported scheme", "https or http, as in " + FORM);
    }
    String rest = dsn.substring(schemeEnd + 3).split("[?#]", 2)[0].replaceAll("/+", "/");
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : rest.substring(slash).replaceFirst("(?<=.)/$", "");

    int at = authority.lastIndexOf('@');
    String publicKey = publicKey(at < 0 ? "" : authority.substring(0, at));
    String address = authority.substring(at + 1);
    int colon = address.indexOf(':', address.lastIndexOf(']') + 1);
    String host = (colon < 0 ? address : address.substring(0, colon)).toLowerCase(Locale.ROOT);
    if (host.isEmpty()) {
      throw new InvalidDsnException("no host", FORM);
    }
    Integer port = colon < 0 ? null : port(address.substring(colon + 1));

    int lastSlash = path.lastIndexOf('/');
    String projectId = projectId(path.substring(lastSlash + 1));
    String pathPrefix = lastSlash < 0 ? "" : path.substring(0, lastSlash);
    Dsn parsed = new Dsn(scheme, publicKey, host, port, pathPrefix, projectId);
    parsed.checkAddress();
    return parsed;
  }

  private static String publicKey(String userPart) {
    int colon = userPart.indexOf(':');
    String key = colon < 0 ? userPart : userPart.substring(0, colon);
    if (key.isEmpty()) {
      throw new InvalidDsnException("no public key", FORM);
    }
    if (key.indexOf('*') >= 0 || key.indexOf('…') >= 0) {
      throw new InvalidDsnException("no public key", "the whole key, not a masked one");
    }
    // The key becomes part of a header, so no character that ends a field may be in it.
    if (!key.matches("[A-Za-z0-9_.-]+")) {
      throw new InvalidDsnException(
          "public key with other characters", "letters and digits before the @");
    }
    return key;
  }

  private static int port(String text) {
    if (!isDigits(text)) {
      throw new InvalidDsnException("port is not a number", "a port from 1 to 65535, or none");
    }
    int port = text.length() > 5 ? 0 : Integer.parseInt(text);
    if (port < 1 || port > 65_535) {
      throw new InvalidDsnException("port out of range", "a port from 1 to 65535, or none");
    }
    return port;
  }

  private static String projectId(String text) {
    if (text.isEmpty()) {
      throw new InvalidDsnException("no project id", FORM);
    }
    if (!isDigits(text) || text.length() > PROJECT_ID_MAX_DIGITS) {
      throw new InvalidDsnException("project id is not a number", FORM);
    }
    return text;
  }

  private void checkAddress() {
    try {
      if (new URI(base()).getHost() != null) {
        return;
      }
    } catch (URISyntaxException _) {
      // Its message quotes the text.
    }
    throw new InvalidDsnException("host or path not usable in a URL", FORM);
  }

  private static boolean isDigits(String text) {
    return text.matches("[0-9]+");
  }

  /** Where OTLP traces of this project go; holds no key. */
  public URI otlpTracesEndpoint() {
    return URI.create(base() + "/integration/otlp/v1/traces");
  }

  /** Where error events of this project go; holds no key. */
  public URI envelopeEndpoint() {
    return URI.create(base() + "/envelope/");
  }

  private String base() {
    String address = port == null ? host : host + ":" + port;
    return scheme + "://" + address + pathPrefix + "/api/" + projectId;
  }

  /**
   * The value of {@code x-sentry-auth}. The word in front is required: Relay ignores the header
   * without it.
   *
   * @param client name and version of the sender, as {@code sentry-broadcast/1.0.0}
   */
  public String authHeader(String client) {
    return "sentry sentry_key=" + publicKey + ", sentry_client=" + client;
  }

  /** The start of the public key, to recognise it by: {@code abc1…}. */
  public String maskedKey() {
    return publicKey.length() <= MASK_SHOWS ? "…" : publicKey.substring(0, MASK_SHOWS) + "…";
  }

  @Override
  public String toString() {
    return "Dsn[project " + projectId + " at " + host + "]";
  }
}
