package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.connection.Check.Name;
import dev.sentrybroadcast.sentry.AllowedHosts;
import dev.sentrybroadcast.sentry.Dsn;
import dev.sentrybroadcast.sentry.EndpointCheck;
import dev.sentrybroadcast.sentry.InvalidDsnException;
import dev.sentrybroadcast.sentry.OtlpEndpoint;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checks that need no network: DSN, endpoint, and whether the two agree. */
final class OfflineChecks {

  private static final String DSN_ACTION =
      "Copy the DSN from the project's settings in Sentry, Client Keys (DSN).";

  final List<Check> checks = new ArrayList<>();
  final @Nullable Dsn dsn;
  final EndpointCheck endpoint;

  OfflineChecks(Candidate candidate, AllowedHosts allowed) {
    dsn = dsn(candidate.dsn());
    endpoint = OtlpEndpoint.check(candidate.endpoint(), allowed, dsn);
    switch (endpoint) {
      case EndpointCheck.Refused(String seen, String expected, _) ->
          checks.add(Check.failed(Name.ENDPOINT, seen, "Use " + expected + " ."));
      case EndpointCheck.Accepted(URI uri, _, @Nullable String warning) -> {
        String seen = "An OTLP traces endpoint on " + uri.getHost();
        checks.add(
            warning == null
                ? Check.passed(Name.ENDPOINT, seen + ".")
                : Check.warning(
                    Name.ENDPOINT,
                    seen + "; " + warning + ".",
                    "Leave it so if this is a Relay, or a Collector that sends on to Sentry."));
        if (dsn != null) {
          checks.add(agreement(uri, dsn));
        }
      }
    }
  }

  /** Of the endpoint, also of one that was refused; null where it may not be shown. */
  @Nullable String shownHost() {
    return switch (endpoint) {
      case EndpointCheck.Accepted(URI uri, _, _) -> uri.getHost();
      case EndpointCheck.Refused(_, _, @Nullable String host) -> host;
    };
  }

  /** Of the DSN, else of the endpoint; null when neither names one. */
  @Nullable String projectId() {
    if (dsn != null) {
      return dsn.projectId();
    }
    return endpoint instanceof EndpointCheck.Accepted(URI uri, _, _)
        ? OtlpEndpoint.project(uri)
        : null;
  }

  private @Nullable Dsn dsn(@Nullable String text) {
    if (text == null || text.isBlank()) {
      checks.add(Check.failed(Name.DSN, "No DSN was given.", DSN_ACTION));
      return null;
    }
    try {
      Dsn parsed = Dsn.parse(text);
      checks.add(readable(parsed));
      return parsed;
    } catch (InvalidDsnException e) {
      String seen =
          text.indexOf('@') < 0 && text.contains("/v1/traces")
              ? "This is an endpoint, not a DSN."
              : "Not a DSN: " + e.getMessage() + ".";
      checks.add(Check.failed(Name.DSN, seen, DSN_ACTION));
      return null;
    }
  }

  /** An unusual key is a warning: Sentry decides which keys it accepts. */
  private static Check readable(Dsn dsn) {
    String seen = "A DSN of project " + dsn.projectId();
    return dsn.publicKey().matches("[0-9a-fA-F]{32}")
        ? Check.passed(Name.DSN, seen + ".")
        : Check.warning(
            Name.DSN,
            seen + ", but its key is not 32 hex digits, as Sentry's keys are.",
            "Check that the DSN was copied whole.");
  }

  /**
   * Sentry refuses a key of another project. Another host may be a Relay in front of Sentry; the
   * empty exports show whether the key is known there.
   */
  private static Check agreement(URI endpoint, Dsn dsn) {
    String project = OtlpEndpoint.project(endpoint);
    if (project == null) {
      return Check.skipped(
          Name.AGREEMENT, "The endpoint names no project that could be compared with the DSN's.");
    }
    List<String> differences = OtlpEndpoint.disagreements(endpoint, dsn);
    if (differences.isEmpty()) {
      return Check.passed(Name.AGREEMENT, "Host and project of both agree.");
    }
    String text = String.join("; ", differences);
    String seen = Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    String action =
        "Take both from the same page of the project's settings; the DSN implies "
            + dsn.otlpTracesEndpoint()
            + " .";
    return project.equals(dsn.projectId())
        ? Check.warning(
            Name.AGREEMENT, seen, action + " Leave it so if the endpoint is a Relay of your own.")
        : Check.failed(Name.AGREEMENT, seen, action);
  }
}
