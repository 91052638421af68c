package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.SecretValue;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Redaction;
import dev.sentrybroadcast.sentry.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bodies of answers. None of them holds a key. */
final class JsonBody {

  private JsonBody() {}

  static String of(ConnectionReport report) {
    return Json.of(fields(report));
  }

  /** Of a save: the report, and what became of the destination. */
  static String of(String destination, boolean saved, boolean unchanged, ConnectionReport report) {
    Map<String, @Nullable Object> fields =
        Json.fields("destination", destination, "saved", saved, "unchanged", unchanged);
    fields.putAll(fields(report));
    return Json.of(fields);
  }

  private static Map<String, @Nullable Object> fields(ConnectionReport report) {
    String traceId = report.sampleTraceId();
    return Json.fields(
        "status", Check.json(report.status()),
        "checks", report.checks().stream().map(JsonBody::fields).toList(),
        "latency_ms", report.latencyMillis(),
        "endpoint_host", report.endpointHost(),
        "project_id", report.projectId(),
        "sample", traceId == null ? null : Map.of("trace_id", traceId));
  }

  private static Map<String, @Nullable Object> fields(Check check) {
    return Json.fields(
        "name", Check.json(check.name()),
        "status", Check.json(check.status()),
        "seen", check.seen(),
        "action", check.action());
  }

  /**
   * Of a destination.
   *
   * @param stored the secret's fields; those with rules are shown as they are written there
   */
  static String of(Destination destination, SecretValue stored) {
    return Json.of(
        Json.fields(
            "destination", destination.name(),
            "endpoint", destination.endpoint().toString(),
            "endpoint_host", destination.endpoint().getHost(),
            "project_id", destination.dsn().projectId(),
            "public_key", destination.dsn().maskedKey(),
            "privacy_mode", destination.privacyMode() == PrivacyMode.ON,
            "redaction", fields(destination.redaction()),
            "issues", destination.issues(),
            "sampling_rate", destination.rules().samplingRate(),
            "api_keys", stored.json("api_keys"),
            "filter", stored.json("filter"),
            "keep", stored.json("keep"),
            "producers", stored.json("producers"),
            "enabled", destination.rules().enabled(),
            "warnings", destination.warnings()));
  }

  /** Says of the pseudonyms' key only whether there is one. */
  private static @Nullable Map<String, @Nullable Object> fields(Redaction redaction) {
    return redaction.isEmpty()
        ? null
        : Json.fields(
            "kinds", redaction.kinds().stream().map(Redaction.Kind::id).toList(),
            "patterns", redaction.patterns(),
            "pseudonym_key", redaction.pseudonymKey() != null);
  }
}
