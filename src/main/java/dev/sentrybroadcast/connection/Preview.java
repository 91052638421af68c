package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.genai.GenerationSpans;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.TelemetryRecord;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.intake.RecordDecoder;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The OTLP/JSON that a message becomes, through the code that the queue function sends it with; the
 * exporter's own marshaler writes it.
 * https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
final class Preview {

  /** Seeds the ids of a record that brings none, as the queue's message id would. */
  private static final String MESSAGE_ID = "preview";

  private final RecordDecoder decoder;
  private final GenerationSpans spans;
  private final ContentLimits limits;
  private final InstantSource clock;

  Preview(RecordDecoder decoder, GenerationSpans spans, ContentLimits limits, InstantSource clock) {
    this.decoder = decoder;
    this.spans = spans;
    this.limits = limits;
    this.clock = clock;
  }

  /** What came of it. */
  sealed interface Outcome {

    /** OTLP/JSON, possibly with content: for the one who sent the record, and no log. */
    record Rendered(String json) implements Outcome {
      @Override
      public String toString() {
        return "Rendered[" + json.length() + " characters]";
      }
    }

    record Malformed(List<Decoded.Malformed> faults) implements Outcome {}
  }

  Outcome of(String body, PrivacyMode mode) {
    QueuedMessage message = new QueuedMessage(MESSAGE_ID, body, clock.millis(), 1, null, null);
    List<SpanData> all = new ArrayList<>();
    List<Decoded.Malformed> faults = new ArrayList<>();
    for (Decoded decoded : decoder.decode(message)) {
      switch (decoded) {
        case Decoded.Valid(TelemetryRecord record) ->
            all.addAll(spans.spans(record, mode, limits).spans());
        case Decoded.Malformed malformed -> faults.add(malformed);
        case Decoded.Ignored _ -> {}
        case Decoded.Unavailable(String cause) ->
            faults.add(new Decoded.Malformed("$", "a record that can be read now: " + cause));
      }
    }
    return faults.isEmpty()
        ? new Outcome.Rendered(otlpJson(all))
        : new Outcome.Malformed(List.copyOf(faults));
  }

  private static String otlpJson(List<SpanData> spans) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      TraceRequestMarshaler.create(spans).writeJsonTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
