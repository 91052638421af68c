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
import java.io.OutputStream;
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

  /** The answer of a function may have 6 MiB, with all that stands around this. */
  private static final int MAX_BYTES = 5_000_000;

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

    /**
     * More than an answer can hold.
     *
     * @param detail a sentence: how many of the records fit
     */
    record TooLarge(String detail) implements Outcome {}
  }

  Outcome of(String body, PrivacyMode mode) {
    QueuedMessage message = new QueuedMessage(MESSAGE_ID, body, clock.millis(), null, null);
    List<TelemetryRecord> records = new ArrayList<>();
    List<Decoded.Malformed> faults = new ArrayList<>();
    for (Decoded decoded : decoder.decode(message)) {
      switch (decoded) {
        case Decoded.Valid(TelemetryRecord record) -> records.add(record);
        case Decoded.Malformed malformed -> faults.add(malformed);
        case Decoded.Ignored _ -> {}
        case Decoded.Unavailable(String cause) ->
            faults.add(new Decoded.Malformed("$", "a record that can be read now: " + cause));
      }
    }
    return faults.isEmpty() ? rendered(records, mode) : new Outcome.Malformed(List.copyOf(faults));
  }

  /** Measured record by record: what is too much is never there as a whole. */
  private Outcome rendered(List<TelemetryRecord> records, PrivacyMode mode) {
    List<SpanData> all = new ArrayList<>();
    AnswerSize size = new AnswerSize();
    for (int i = 0; i < records.size(); i++) {
      List<SpanData> tree = spans.spans(records.get(i), mode, limits).spans();
      writeOtlpJson(tree, size);
      if (size.bytes() > MAX_BYTES) {
        return new Outcome.TooLarge(
            i == 0
                ? "Its first record alone becomes more than 5 MB of JSON."
                : "Of its "
                    + records.size()
                    + " records, or traces, at most "
                    + i
                    + " fit: send no more at once.");
      }
      all.addAll(tree);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writeOtlpJson(all, out);
    return new Outcome.Rendered(out.toString(StandardCharsets.UTF_8));
  }

  private static void writeOtlpJson(List<SpanData> spans, OutputStream out) {
    try {
      TraceRequestMarshaler.create(spans).writeJsonTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }
}
