package dev.sentrybroadcast.sentry;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the address that spans are sent to: {@code
 * https://{host}/api/{project}/integration/otlp/v1/traces}.
 *
 * @see <a href="https://docs.sentry.io/concepts/otlp/">Sentry's OTLP endpoints</a>
 */
public final class OtlpEndpoint {

  private static final String TRACES = "/v1/traces";
  private static final String CANONICAL_END = "/integration/otlp" + TRACES;

  private OtlpEndpoint() {}

  /** Checks the form of the text, and its host against those that are allowed. */
  public static EndpointCheck check(String text, AllowedHosts hosts) {
    URI uri;
    try {
      uri = new URI(text.strip());
    } catch (URISyntaxException _) {
      return new EndpointCheck.Refused("a URL, as " + canonical(null));
    }
    if (uri.getScheme() == null || uri.getRawAuthority() == null) {
      return new EndpointCheck.Refused("a whole URL, as " + canonical(null));
    }
    if (hosts.permits(uri) instanceof AllowedHosts.Permission.Refused(String expected)) {
      return new EndpointCheck.Refused(expected);
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      return new EndpointCheck.Refused("a URL without ? and #; the key comes from the DSN");
    }
    String path = withoutTrailingSlash(uri.getRawPath());
    String project = project(path);
    if (!path.endsWith(TRACES)) {
      return new EndpointCheck.Refused("a path that ends in " + TRACES + ", as " + right(project));
    }
    return new EndpointCheck.Accepted(uri, pathWarning(path, project));
  }

  private static @Nullable String pathWarning(String path, @Nullable String project) {
    if (project != null && path.endsWith("/api/" + project + CANONICAL_END)) {
      return null;
    }
    if (project != null && path.endsWith("/api/" + project + "/otlp" + TRACES)) {
      return "the path is the old one that Sentry has removed; the right one is " + right(project);
    }
    return "the path is not Sentry's; the right one is " + right(project);
  }

  /** All that is worth a warning about an endpoint and its DSN, in words and without the key. */
  public static List<String> warnings(URI endpoint, Dsn dsn) {
    List<String> warnings = new ArrayList<>(disagreements(endpoint, dsn));
    String path = withoutTrailingSlash(endpoint.getRawPath());
    String pathWarning = pathWarning(path, project(path));
    if (pathWarning != null) {
      warnings.add(pathWarning);
    }
    return List.copyOf(warnings);
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

  /** The project's id in the endpoint's path, or null when it names none. */
  public static @Nullable String project(URI endpoint) {
    return project(withoutTrailingSlash(endpoint.getRawPath()));
  }

  /** What the DSN must look like for this endpoint, with a placeholder for its key. */
  public static String impliedDsn(URI endpoint) {
    String path = withoutTrailingSlash(endpoint.getRawPath());
    String project = project(path);
    String prefix = project == null ? "" : path.substring(0, path.lastIndexOf("/api/"));
    return endpoint.getScheme()
        + "://{public key}@"
        + address(endpoint)
        + prefix
        + "/"
        + (project == null ? "{project id}" : project);
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

  /** The digits after the last {@code /api/} of a path, or null. */
  private static @Nullable String project(String path) {
    int api = path.lastIndexOf("/api/");
    if (api < 0) {
      return null;
    }
    int start = api + "/api/".length();
    int end = start;
    while (end < path.length() && path.charAt(end) >= '0' && path.charAt(end) <= '9') {
      end++;
    }
    boolean whole = end > start && (end == path.length() || path.charAt(end) == '/');
    return whole ? path.substring(start, end) : null;
  }

  private static String withoutTrailingSlash(@Nullable String path) {
    if (path == null) {
      return "";
    }
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String canonical(@Nullable String project) {
    return "https://{host}" + right(project);
  }

  private static String right(@Nullable String project) {
    return "/api/" + (project == null ? "{project id}" : project) + CANONICAL_END;
  }
}
