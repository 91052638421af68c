package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.Destinations.Lookup;
import dev.sentrybroadcast.destination.RecordRules.Admission;
import dev.sentrybroadcast.destination.RecordValues;
import dev.sentrybroadcast.destination.Routes;
import dev.sentrybroadcast.destination.Sampling;
import dev.sentrybroadcast.genai.SpanIds;
import dev.sentrybroadcast.genai.content.ContentPolicy;
import dev.sentrybroadcast.generation.TelemetryRecord;
import dev.sentrybroadcast.sentry.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where records go, what one destination does with them, and which of its rules match.
 *
 * @param defaults where records go that neither they nor the routes send elsewhere
 * @param senderId SQS's id of the producer, or null
 */
record Decisions(
    Destination destination,
    Lookup<Routes> routes,
    List<String> defaults,
    @Nullable String senderId) {

  /** What the spans of a record say; null where they say nothing, or it is not sent. */
  @Nullable Sampling sampling(TelemetryRecord record) {
    return admission(record) instanceof Admission.Send(Sampling sampling) && sampling.rate() < 1
        ? sampling
        : null;
  }

  private Admission admission(TelemetryRecord record) {
    return destination.rules().admit(values(record), senderId, SpanIds.samplingKey(record));
  }

  private static RecordValues values(TelemetryRecord record) {
    return new RecordValues(record, ContentPolicy::matches);
  }

  /** The decision on a record, for JSON. */
  Map<String, @Nullable Object> on(TelemetryRecord record) {
    Map<String, @Nullable Object> decision =
        Json.fields(
            "record", record.id(),
            "routed", routed(record),
            "destination", destination.name());
    switch (admission(record)) {
      case Admission.Send(Sampling sampling) -> {
        decision.put("decision", "send");
        decision.put("reason", sampling.reason().json());
      }
      case Admission.Left left -> decision.put("decision", Check.json(left));
    }
    decision.put("rules", destination.rules().explain(values(record)));
    return decision;
  }

  private Map<String, @Nullable Object> routed(TelemetryRecord record) {
    Routes.Choice choice = Routes.named(record.routing().destinations());
    if (choice == null && routes instanceof Lookup.Found<Routes>(Routes known, _)) {
      choice = known.of(values(record), defaults);
    }
    if (choice != null) {
      return Json.fields("by", choice.by(), "to", choice.names());
    }
    return Json.fields(
        "fault",
        routes instanceof Lookup.Misconfigured<Routes>(_, String field, String expected)
            ? (field == null ? "" : field + ": ") + expected
            : "the secret _routes cannot be read");
  }
}
