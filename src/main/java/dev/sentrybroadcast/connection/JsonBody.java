package dev.sentrybroadcast.connection;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.SecretValue;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Redaction;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Writes JSON objects: the bodies of answers and the values of secrets. */
final class JsonBody {

  private static final JsonFactory JSON = new JsonFactory();

  /** None of them may hold a key. */
  private static final List<String> RULES = List.of("api_keys", "filter", "keep", "producers");

  private JsonBody() {}

  /** Writes the fields of an object. */
  @FunctionalInterface
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  static String of(Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return text.toString();
  }

  static String of(ConnectionReport report) {
    return of(json -> write(json, report));
  }

  /** Of a save: the report, and what became of the destination. */
  static String of(String destination, boolean saved, boolean unchanged, ConnectionReport report) {
    return of(json -> {
      json.writeStringField("destination", destination);
      json.writeBooleanField("saved", saved);
      json.writeBooleanField("unchanged", unchanged);
      write(json, report);
    });
  }

  private static void write(JsonGenerator json, ConnectionReport report) throws IOException {
    json.writeStringField("status", Check.json(report.status()));
    json.writeArrayFieldStart("checks");
    for (Check check : report.checks()) {
      json.writeStartObject();
      json.writeStringField("name", Check.json(check.name()));
      json.writeStringField("status", Check.json(check.status()));
      json.writeStringField("seen", check.seen());
      json.writeStringField("action", check.action());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeFieldName("latency_ms");
    json.writeObject(report.latencyMillis());
    json.writeStringField("endpoint_host", report.endpointHost());
    json.writeStringField("project_id", report.projectId());
    if (report.sampleTraceId() == null) {
      json.writeNullField("sample");
    } else {
      json.writeObjectFieldStart("sample");
      json.writeStringField("trace_id", report.sampleTraceId());
      json.writeEndObject();
    }
  }

  /**
   * Of a destination.
   *
   * @param stored the secret's fields; those with rules are shown as they are written there
   */
  static String of(Destination destination, SecretValue stored) {
    return of(json -> {
      json.writeStringField("destination", destination.name());
      json.writeStringField("endpoint", destination.endpoint().toString());
      json.writeStringField("endpoint_host", destination.endpoint().getHost());
      json.writeStringField("project_id", destination.dsn().projectId());
      json.writeStringField("public_key", destination.dsn().maskedKey());
      json.writeBooleanField("privacy_mode", destination.privacyMode() == PrivacyMode.ON);
      json.writeFieldName("redaction");
      write(json, destination.redaction());
      json.writeBooleanField("issues", destination.issues());
      json.writeNumberField("sampling_rate", destination.rules().samplingRate());
      for (String field : RULES) {
        stored.writeField(json, field);
      }
      json.writeBooleanField("enabled", destination.rules().enabled());
      texts(json, "warnings", destination.warnings());
    });
  }

  /** Says of the pseudonyms' key only whether there is one. */
  private static void write(JsonGenerator json, Redaction redaction) throws IOException {
    if (redaction.isEmpty()) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    texts(json, "kinds", redaction.kinds().stream().map(Redaction.Kind::id).toList());
    json.writeObjectFieldStart("patterns");
    for (Map.Entry<String, String> pattern : redaction.patterns().entrySet()) {
      json.writeStringField(pattern.getKey(), pattern.getValue());
    }
    json.writeEndObject();
    json.writeBooleanField("pseudonym_key", redaction.pseudonymKey() != null);
    json.writeEndObject();
  }

  static void texts(JsonGenerator json, String name, Collection<String> texts) throws IOException {
    json.writeFieldName(name);
    json.writeArray(texts.toArray(String[]::new), 0, texts.size());
  }
}
