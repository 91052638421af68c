package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.connection.Check.Name;
import dev.sentrybroadcast.sentry.AllowedHosts;
import dev.sentrybroadcast.sentry.Dsn;
import dev.sentrybroadcast.sentry.InvalidDsnException;
import dev.sentrybroadcast.sentry.OtlpEndpoint;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checks that need no network: DSN, endpoint, and whether the two agree. */
final class PaperChecks {

  private static final String DSN_ACTION =
      "Copy the DSN from the project's settings in Sentry, Client Keys (DSN).";

  final List<Check> checks = new ArrayList<>();
  final @Nullable Dsn dsn;
  final @Nullable Endpoint endpoint;
  final @Nullable String projectId;

  /** To be shown; also of an endpoint that was refused, where it is a well-formed name. */
  final @Nullable String shownHost;

  PaperChecks(Candidate candidate, AllowedHosts allowed) {
    dsn = dsn(candidate.dsn());
    String rightOne = dsn == null ? null : dsn.otlpTracesEndpoint().toString();
    switch (EndpointInspection.of(candidate.endpoint(), allowed, rightOne)) {
      case EndpointInspection.Refused(String seen, String action, @Nullable String host) -> {
        checks.add(Check.failed(Name.ENDPOINT, seen, action));
        checks.add(Check.skipped(Name.AGREEMENT, Check.BLOCKED));
        endpoint = null;
        shownHost = host;
        projectId = dsn == null ? null : dsn.projectId();
      }
      case EndpointInspection.Admitted(Endpoint admitted, URI uri) -> {
        String seen = "An OTLP traces endpoint on " + admitted.host() + ".";
        checks.add(Check.passed(Name.ENDPOINT, seen));
        checks.add(
            dsn == null ? Check.skipped(Name.AGREEMENT, Check.BLOCKED) : agreement(uri, dsn));
        endpoint = admitted;
        shownHost = admitted.host();
        projectId = dsn == null ? OtlpEndpoint.project(uri) : dsn.projectId();
      }
    }
  }

  private @Nullable Dsn dsn(@Nullable String text) {
    if (text == null || text.isBlank()) {
      checks.add(Check.failed(Name.DSN, "No DSN was given.", DSN_ACTION));
      return null;
    }
    try {
      Dsn parsed = Dsn.parse(text);
      checks.add(found(parsed));
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

  /** Only warned of: which keys it takes is for Sentry to say. */
  private static Check found(Dsn dsn) {
    String seen = "A DSN of project " + dsn.projectId();
    return isSentryKey(dsn.publicKey())
        ? Check.passed(Name.DSN, seen + ".")
        : Check.warning(
            Name.DSN,
            seen + ", but its key is not 32 hex digits, as Sentry's keys are.",
            "Check that the DSN was copied whole.");
  }

  private static boolean isSentryKey(String key) {
    if (key.length() != 32) {
      return false;
    }
    for (int i = 0; i < key.length(); i++) {
      if (Character.digit(key.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Another project is another key's: Sentry will refuse it. Another host may be a Relay of one's
   * own, or an alias of Sentry's; whether the key is known there is for the exports to show.
   */
  private static Check agreement(URI endpoint, Dsn dsn) {
    String project = OtlpEndpoint.project(endpoint);
    List<String> differences = OtlpEndpoint.disagreements(endpoint, dsn);
    String action =
        "Take both from the same page of the project's settings; the DSN implies "
            + dsn.otlpTracesEndpoint()
            + " .";
    if (project != null && !project.equals(dsn.projectId())) {
      return Check.failed(Name.AGREEMENT, sentence(differences), action);
    }
    if (!differences.isEmpty()) {
      return Check.warning(
          Name.AGREEMENT,
          sentence(differences),
          action + " Leave it so if the endpoint is a Relay of your own.");
    }
    return project == null
        ? Check.warning(
            Name.AGREEMENT, "The host agrees; the endpoint's path names no project.", action)
        : Check.passed(Name.AGREEMENT, "Host and project of both agree.");
  }

  private static String sentence(List<String> parts) {
    String text = String.join("; ", parts);
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }
}
