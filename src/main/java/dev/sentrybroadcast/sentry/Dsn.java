package dev.sentrybroadcast.sentry;

import org.jspecify.annotations.Nullable;

/**
 * A parsed Sentry DSN: {@code {scheme}://{public
 * key}[:{secret}]@{host}[:{port}]{prefix}/{project}}.
 *
 * @param port null when the DSN names none
 * @param pathPrefix what stands before the project id, without a trailing slash; often empty
 * @param projectId digits
 */
public record Dsn(
    String scheme,
    String publicKey,
    String host,
    @Nullable Integer port,
    String pathPrefix,
    String projectId) {

  @Override
  public String toString() {
    return "Dsn[project " + projectId + " at " + host + "]";
  }
}
