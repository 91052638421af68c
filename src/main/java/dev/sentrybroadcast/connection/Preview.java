package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.destination.Sampling;
import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.genai.GenerationSpans;
import dev.sentrybroadcast.genai.SpanTree;
import dev.sentrybroadcast.generation.ContentRules;
import dev.sentrybroadcast.generation.TelemetryRecord;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.intake.RecordDecoder;
import dev.sentrybroadcast.sentry.DefaultScrubbing;
import dev.sentrybroadcast.sentry.Json;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Maps a message to OTLP/JSON by the code that the queue function uses; the exporter's marshaler
 * writes it. https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
record Preview(
    RecordDecoder decoder, GenerationSpans spans, ContentLimits limits, InstantSource clock) {

  /** The ids of a record without id are derived from it, as from a queue's message id. */
  private static final String MESSAGE_ID = "preview";

  /** A function's whole answer may have 6 MiB. */
  private static final int MAX_BYTES = 5_000_000;

  /**
   * What is asked of a preview.
   *
   * @param rules of the spans
   * @param modes other rules by name, for the spans side by side; empty for none
   * @param decisions of the destination whose preview it is; null for none
   */
  record Question(
      ContentRules rules, Map<String, ContentRules> modes, @Nullable Decisions decisions) {}

  /** The OTLP/JSON, or why there is none. */
  HttpReply of(String body, Question question) {
    QueuedMessage message = new QueuedMessage(MESSAGE_ID, body, clock.millis(), null, null);
    List<TelemetryRecord> records = new ArrayList<>();
    List<Decoded.Malformed> faults = new ArrayList<>();
    for (Decoded decoded : decoder.decode(message)) {
      switch (decoded) {
        case Decoded.Valid(TelemetryRecord record) -> records.add(record);
        case Decoded.Malformed malformed -> faults.add(malformed);
        case Decoded.Ignored _, Decoded.Stored _ -> {}
        case Decoded.Unavailable(String cause) ->
            faults.add(new Decoded.Malformed("$", "a record that can be read now: " + cause));
      }
    }
    return faults.isEmpty() ? rendered(records, question) : Problem.malformed(faults);
  }

  /** The size is measured record by record, so that too much JSON is never in memory. */
  private HttpReply rendered(List<TelemetryRecord> records, Question question) {
    Map<ContentRules, List<SpanData>> byRules = new HashMap<>();
    List<ContentRules> shown = new ArrayList<>(question.modes.values());
    shown.add(question.rules);
    shown.forEach(rules -> byRules.put(rules, new ArrayList<>()));
    long size = 0;
    for (int i = 0; i < records.size(); i++) {
      for (Map.Entry<ContentRules, List<SpanData>> each : byRules.entrySet()) {
        List<SpanData> tree = tree(records.get(i), each.getKey(), question);
        size += sizeInAnswer(otlpJson(tree)) * Collections.frequency(shown, each.getKey());
        each.getValue().addAll(tree);
      }
      if (size > MAX_BYTES) {
        return Problem.PREVIEW_TOO_LARGE.reply(
            i == 0
                ? "Its first record alone becomes more than 5 MB of JSON."
                : "Of its %d records, or traces, at most %d fit: send no more at once."
                    .formatted(records.size(), i));
      }
    }
    String json = json(byRules, records, question);
    return new HttpReply(200, "application/json", null, json);
  }

  /** The spans as the destination gets them, or would get them. */
  private List<SpanData> tree(TelemetryRecord record, ContentRules rules, Question question) {
    SpanTree tree = spans.spans(record, rules, limits);
    Sampling sampling = question.decisions == null ? null : question.decisions.sampling(record);
    return sampling == null
        ? tree.spans()
        : tree.withSampling(sampling.reason().json(), sampling.rate()).spans();
  }

  /** Names the attributes whose values Sentry's default scrubbing hides. */
  private static Set<String> warnings(List<SpanData> spans) {
    Set<String> warnings = new TreeSet<>();
    for (SpanData span : spans) {
      span.getAttributes()
          .forEach((key, value) -> {
            if (DefaultScrubbing.hides(key.getKey(), value)) {
              warnings.add(key.getKey() + ": Sentry's default data scrubbing hides its value");
            }
          });
    }
    return warnings;
  }

  /**
   * The OTLP/JSON with fields that receivers ignore: what to warn of, what of the records was
   * mended, dropped or not read, where they go and why, and the other modes; each only where there
   * is something to say.
   */
  private String json(
      Map<ContentRules, List<SpanData>> byRules, List<TelemetryRecord> records, Question question) {
    List<SpanData> main = byRules.getOrDefault(question.rules, List.of());
    Map<String, @Nullable Object> notes = new LinkedHashMap<>();
    Set<String> warnings = warnings(main);
    if (!warnings.isEmpty()) {
      notes.put("warnings", warnings);
    }
    Map<String, Set<String>> corrections = corrections(records);
    if (!corrections.values().stream().allMatch(Set::isEmpty)) {
      notes.put("corrections", corrections);
    }
    if (question.decisions != null) {
      notes.put("decisions", records.stream().map(question.decisions::on).toList());
    }
    if (!question.modes.isEmpty()) {
      Map<String, Json.Raw> modes = new LinkedHashMap<>();
      question.modes.forEach((mode, rules) ->
          modes.put(mode, new Json.Raw(text(byRules.getOrDefault(rules, List.of())))));
      notes.put("modes", modes);
    }
    String otlp = text(main);
    return notes.isEmpty()
        ? otlp
        : otlp.substring(0, otlp.length() - 1) + "," + Json.of(notes).substring(1);
  }

  private static String text(List<SpanData> spans) {
    return new String(otlpJson(spans), StandardCharsets.UTF_8);
  }

  /** Kinds of mendings, and paths of fields that were dropped or not read. */
  private static Map<String, Set<String>> corrections(List<TelemetryRecord> records) {
    Set<String> mended = new TreeSet<>();
    Set<String> dropped = new TreeSet<>();
    Set<String> unread = new TreeSet<>();
    for (TelemetryRecord record : records) {
      record.corrections().kinds().forEach(kind -> mended.add(kind.name()));
      dropped.addAll(record.corrections().droppedFields());
      unread.addAll(record.corrections().unread());
    }
    Map<String, Set<String>> all = new LinkedHashMap<>();
    all.put("mended", mended);
    all.put("dropped", dropped);
    all.put("unread", unread);
    return all;
  }

  /**
   * A function's answer holds the JSON as a string, where quotes and backslashes take two bytes.
   */
  private static long sizeInAnswer(byte[] json) {
    long size = json.length;
    for (byte b : json) {
      size += b == '"' || b == '\\' ? 1 : 0;
    }
    return size;
  }

  private static byte[] otlpJson(List<SpanData> spans) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      TraceRequestMarshaler.create(spans).writeJsonTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return out.toByteArray();
  }
}
