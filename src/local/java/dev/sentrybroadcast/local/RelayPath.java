package dev.sentrybroadcast.local;

/**
 * What a path on Sentry's host means. The OTLP path without {@code /integration} is gone there,
 * too.
 *
 * @param project the path's second segment
 */
record RelayPath(Kind kind, String project) {

  enum Kind {
    TRACES,
    ENVELOPE,
    OTHER
  }

  static RelayPath of(String path) {
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    if (!trimmed.startsWith("/api/")) {
      return new RelayPath(Kind.OTHER, "");
    }
    int end = trimmed.indexOf('/', 5);
    String project = end < 0 ? "" : trimmed.substring(5, end);
    Kind kind =
        switch (end < 0 ? "" : trimmed.substring(end)) {
          case "/integration/otlp/v1/traces" -> Kind.TRACES;
          case "/envelope" -> Kind.ENVELOPE;
          default -> Kind.OTHER;
        };
    return new RelayPath(kind, project);
  }

  boolean hasNumericProject() {
    return !project.isEmpty() && project.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
