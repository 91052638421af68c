package dev.sentrybroadcast.connection;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.Destinations.Lookup;
import dev.sentrybroadcast.destination.RecordRules.Admission;
import dev.sentrybroadcast.destination.RecordValues;
import dev.sentrybroadcast.destination.Routes;
import dev.sentrybroadcast.destination.Sampling;
import dev.sentrybroadcast.genai.SpanIds;
import dev.sentrybroadcast.genai.content.ContentPolicy;
import dev.sentrybroadcast.generation.TelemetryRecord;
import java.io.IOException;
import java.util.List;
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

  void write(JsonGenerator json, List<TelemetryRecord> records) throws IOException {
    json.writeArrayFieldStart("decisions");
    for (TelemetryRecord record : records) {
      json.writeStartObject();
      json.writeStringField("record", record.id());
      json.writeObjectFieldStart("routed");
      routed(json, record);
      json.writeEndObject();
      json.writeStringField("destination", destination.name());
      switch (admission(record)) {
        case Admission.Send(Sampling sampling) -> {
          json.writeStringField("decision", "send");
          json.writeStringField("reason", sampling.reason().json());
        }
        case Admission.Left left -> json.writeStringField("decision", Check.json(left));
      }
      json.writeObjectFieldStart("rules");
      for (var rule : destination.rules().explain(values(record)).entrySet()) {
        json.writeBooleanField(rule.getKey(), rule.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void routed(JsonGenerator json, TelemetryRecord record) throws IOException {
    Routes.Choice choice = Routes.named(record.routing().destinations());
    if (choice == null && routes instanceof Lookup.Found<Routes>(Routes known, _)) {
      choice = known.of(values(record), defaults);
    }
    if (choice == null) {
      json.writeStringField(
          "fault",
          routes instanceof Lookup.Misconfigured<Routes>(_, String field, String expected)
              ? (field == null ? "" : field + ": ") + expected
              : "the secret _routes cannot be read");
      return;
    }
    json.writeStringField("by", choice.by());
    JsonBody.texts(json, "to", choice.names());
  }
}
