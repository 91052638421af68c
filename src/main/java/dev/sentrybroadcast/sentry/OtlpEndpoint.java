package dev.sentrybroadcast.sentry;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the URL that spans are sent to, for both functions: {@code
 * https://{host}/api/{project}/integration/otlp/v1/traces}. Hosts other than Sentry's ingest hosts
 * may take spans at another path that ends in {@code /v1/traces}.
 *
 * @see <a href="https://docs.sentry.io/concepts/otlp/">Sentry's OTLP endpoints</a>
 */
public final class OtlpEndpoint {

  private static final int MAX_LENGTH = 1024;
  private static final String TRACES = "/v1/traces";
  private static final String SENTRY_END = "/integration/otlp" + TRACES;

  /** Visible ASCII without the characters that some URL parsers take for others. */
  private static final Pattern PLAIN = Pattern.compile("[!-~&&[^\\\\\"<>]]+");

  private static final Pattern PATH = Pattern.compile("(?:/(?!\\.\\.?(?:/|$))[A-Za-z0-9_.~-]+)*");
  private static final Pattern SENTRY_PATH =
      Pattern.compile("(?<prefix>.*)/api/(?<project>[0-9]+)" + SENTRY_END);
  private static final Pattern REMOVED_PATH = Pattern.compile(".*/api/[0-9]+/otlp" + TRACES);
  private static final Pattern PROJECT = Pattern.compile("/api/([0-9]+)(?:/|$)");
  private static final Pattern INGEST_HOST =
      Pattern.compile("https?://.+\\.ingest(?:\\.[a-z0-9-]+)?\\.sentry\\.io(?::[0-9]+)?");

  private OtlpEndpoint() {}

  /**
   * Judges a text.
   *
   * @param dsn what the right endpoint is derived from in the texts of the judgement, if known
   */
  public static EndpointCheck check(@Nullable String text, AllowedHosts hosts, @Nullable Dsn dsn) {
    String given = text == null ? "" : text.strip();
    String right = right(dsn, given);
    if (given.isEmpty()) {
      return refused("No endpoint was given.", right);
    }
    if (given.length() > MAX_LENGTH || !PLAIN.matcher(given).matches()) {
      return refused("The endpoint is too long, or has characters that no URL has.", right);
    }
    URI uri;
    try {
      uri = new URI(given);
    } catch (URISyntaxException _) {
      return refused("The endpoint is not a URL.", right);
    }
    if (given.indexOf('@') >= 0) {
      return refused(
          "The endpoint has user information before its host, as a DSN has.",
          "a URL without user or key before the host, such as " + right);
    }
    if (!uri.isAbsolute() || uri.getRawAuthority() == null) {
      return refused("The endpoint is not a whole URL.", right);
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      return refused(
          "The endpoint has a query or a fragment.",
          "a URL without ? and # (the key comes from the DSN), such as " + right);
    }
    return switch (hosts.permits(uri)) {
      case EndpointCheck.Refused refused -> refused;
      case EndpointCheck.Accepted(URI origin, AddressPolicy addresses, _) -> {
        String path = withoutTrailingSlash(uri.getRawPath());
        String fault = fault(origin.toString(), path);
        yield fault == null
            ? new EndpointCheck.Accepted(URI.create(origin + path), addresses, pathWarning(path))
            : new EndpointCheck.Refused(fault, right, origin.getHost());
      }
    };
  }

  private static EndpointCheck refused(String seen, String expected) {
    return new EndpointCheck.Refused(seen, expected, null);
  }

  private static @Nullable String fault(String origin, String path) {
    if (!PATH.matcher(path).matches()) {
      return "The endpoint's path has empty or dotted segments, or characters of other paths.";
    }
    if (REMOVED_PATH.matcher(path).matches()) {
      return "The endpoint's path is the old one, without /integration, that Sentry has removed.";
    }
    if (!path.endsWith(TRACES)) {
      return "The endpoint's path does not end in " + TRACES + ".";
    }
    Matcher sentry = SENTRY_PATH.matcher(path);
    return INGEST_HOST.matcher(origin).matches()
            && !(sentry.matches() && sentry.group("prefix").isEmpty())
        ? "The endpoint's path is not the one that Sentry's ingest hosts take."
        : null;
  }

  private static @Nullable String pathWarning(String path) {
    return SENTRY_PATH.matcher(path).matches()
        ? null
        : "the path is not Sentry's own, which is " + sentryPath(path);
  }

  /** All that is unusual about an endpoint and its DSN, in words and without the key. */
  public static List<String> warnings(URI endpoint, Dsn dsn) {
    String pathWarning = pathWarning(endpoint.getRawPath());
    return pathWarning == null ? disagreements(endpoint, dsn) : List.of(pathWarning);
  }

  /**
   * How host and project of the endpoint differ from the DSN's, in words; names hosts and projects,
   * never the key. Empty when they agree.
   */
  public static List<String> disagreements(URI endpoint, Dsn dsn) {
    List<String> differences = new ArrayList<>();
    String endpointHost = address(endpoint);
    String dsnHost = address(dsn.otlpTracesEndpoint());
    if (!endpointHost.equals(dsnHost)) {
      differences.add("the endpoint's host is " + endpointHost + ", the DSN's is " + dsnHost);
    }
    String project = project(endpoint);
    if (project != null && !project.equals(dsn.projectId())) {
      differences.add("the endpoint's project is " + project + ", the DSN's is " + dsn.projectId());
    }
    return List.copyOf(differences);
  }

  /** The project's id, or null when the path is not Sentry's own. */
  public static @Nullable String project(URI endpoint) {
    Matcher sentry = SENTRY_PATH.matcher(endpoint.getRawPath());
    return sentry.matches() ? sentry.group("project") : null;
  }

  /** What the DSN must look like for this endpoint, with a placeholder for its key. */
  public static String impliedDsn(URI endpoint) {
    Matcher sentry = SENTRY_PATH.matcher(endpoint.getRawPath());
    return endpoint.getScheme()
        + "://{public key}@"
        + address(endpoint)
        + (sentry.matches()
            ? sentry.group("prefix") + "/" + sentry.group("project")
            : "/{project id}");
  }

  private static String address(URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    if (host.endsWith(".")) {
      host = host.substring(0, host.length() - 1);
    }
    boolean usualPort =
        uri.getPort() < 0 || uri.getPort() == ("http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443);
    return usualPort ? host : host + ":" + uri.getPort();
  }

  private static String withoutTrailingSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String right(@Nullable Dsn dsn, String given) {
    return dsn == null ? "https://{host}" + sentryPath(given) : dsn.otlpTracesEndpoint().toString();
  }

  private static String sentryPath(String given) {
    Matcher project = PROJECT.matcher(given);
    return "/api/" + (project.find() ? project.group(1) : "{project id}") + SENTRY_END;
  }
}
