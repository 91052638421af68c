package dev.sentrybroadcast.local;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import dev.sentrybroadcast.generation.Corrections;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the console's page shows of a run, as JSON. */
final class ConsoleState {

  /** A page's share of spans: the rest comes with its next questions. */
  private static final int SPANS_AT_ONCE = 500;

  private final LocalParts parts;
  private final @Nullable Faults faults;
  private final Supplier<LambdaEventSource.@Nullable Counts> counts;
  private final String run = UUID.randomUUID().toString();

  ConsoleState(
      LocalParts parts,
      @Nullable Faults faults,
      Supplier<LambdaEventSource.@Nullable Counts> counts) {
    this.parts = parts;
    this.faults = faults;
    this.counts = counts;
  }

  /**
   * Everything, and the spans from this one on.
   *
   * @param from how many the page has
   * @param fromNote how many notes the page has
   * @param ofRun what the page's spans are of; those of another run are no more
   */
  byte[] json(int from, int fromNote, String ofRun) {
    List<ReceivedSpan> spans = parts.sentry().spans();
    int start = ofRun.equals(run) ? Math.clamp(from, 0, spans.size()) : 0;
    int end = Math.min(spans.size(), start + SPANS_AT_ONCE);
    int startNote = ofRun.equals(run) ? fromNote : 0;
    List<Readings.Note> notes = parts.readings().notes(startNote);
    return JsonOut.object(out -> {
      out.writeStringField("run", run);
      out.writeNumberField("from", start);
      out.writeNumberField("next", end);
      writeQueue(out);
      writeSentry(out);
      writeMessages(out);
      out.writeArrayFieldStart("spans");
      for (ReceivedSpan span : spans.subList(start, end)) {
        write(out, span);
      }
      out.writeEndArray();
      out.writeNumberField("next_note", startNote + notes.size());
      out.writeArrayFieldStart("notes");
      for (Readings.Note note : notes) {
        out.writeStartObject();
        out.writeStringField("trace_id", note.traceId());
        write(out, note.corrections());
        out.writeEndObject();
      }
      out.writeEndArray();
      write(out, "destinations", parts.destinations().names());
    });
  }

  /** A message with its body, its reasons and its traces; null for one that is not known. */
  byte @Nullable [] message(String id) {
    MessageFates.Fate fate = parts.fates().of(id);
    if (fate == null) {
      return null;
    }
    String body = parts.fates().body(id);
    Readings.Reading reading = parts.readings().of(id);
    return JsonOut.object(out -> {
      write(out, fate);
      if (body != null) {
        out.writeStringField("body", body);
      }
      out.writeArrayFieldStart("reasons");
      for (MessageFates.Return one : fate.returns()) {
        out.writeStartObject();
        out.writeNumberField("receive", one.receive());
        out.writeStringField("reason", one.reason());
        out.writeEndObject();
      }
      out.writeEndArray();
      boolean delivered = fate.state() == MessageFates.State.DELIVERED;
      out.writeArrayFieldStart("traces");
      for (String trace : reading == null || !delivered ? List.<String>of() : reading.traceIds()) {
        out.writeStartObject();
        out.writeStringField("id", trace);
        out.writeStringField("destination", reading.destinations().getFirst());
        out.writeEndObject();
      }
      out.writeEndArray();
      for (Readings.Note note : reading == null ? List.<Readings.Note>of() : reading.notes().stream().limit(1).toList()) {
        write(out, note.corrections());
      }
    });
  }

  private static void write(JsonGenerator out, Corrections corrections) throws IOException {
    write(out, "mended", corrections.kinds().stream().sorted().map(Enum::name).toList());
    write(out, "dropped", corrections.droppedFields());
    write(out, "unread", corrections.unread());
  }

  private static void write(JsonGenerator out, String field, Collection<String> texts)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }

  private void writeQueue(JsonGenerator out) throws IOException {
    QueuePair.Depth depth = parts.queue().depths();
    out.writeObjectFieldStart("queue");
    out.writeStringField("url", parts.queue().url());
    out.writeNumberField("waiting", depth.waiting());
    out.writeNumberField("in_flight", depth.hidden());
    out.writeNumberField("dead_letters", parts.queue().deadLetters());
    out.writeNumberField("sent", parts.fates().sent());
    out.writeNumberField("delivered", parts.fates().count(MessageFates.State.DELIVERED));
    LambdaEventSource.Counts seen = counts.get();
    out.writeNumberField("invocations", seen == null ? 0 : seen.invocations());
    out.writeNumberField("returned", seen == null ? 0 : seen.returned());
    out.writeEndObject();
  }

  private void writeSentry(JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("sentry");
    out.writeBooleanField("stand_in", faults != null);
    out.writeStringField("host", parts.sentryHost());
    out.writeStringField("where", parts.where());
    out.writeStringField("origin", parts.sentry().origin());
    if (faults != null) {
      out.writeNumberField("attempts", parts.sentry().attempts());
      out.writeNumberField("accepted", parts.sentry().requests().size());
      out.writeStringField("fault", faults.kind().word());
      out.writeNumberField("retry_after", faults.retryAfterSeconds());
    }
    out.writeStringField("key", parts.destinations().maskedKey());
    out.writeNumberField("secret_versions", parts.destinations().versions());
    out.writeEndObject();
  }

  private void writeMessages(JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("messages");
    for (MessageFates.Fate fate : parts.fates().latest()) {
      out.writeStartObject();
      write(out, fate);
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void write(JsonGenerator out, MessageFates.Fate fate) throws IOException {
    out.writeStringField("id", fate.id());
    out.writeStringField("label", fate.label());
    out.writeStringField("state", fate.state().word());
    out.writeNumberField("receives", fate.receives());
    out.writeStringField("reason", fate.reason());
  }

  private void write(JsonGenerator out, ReceivedSpan span) throws IOException {
    out.writeStartObject();
    out.writeStringField("trace_id", span.traceId());
    out.writeStringField("span_id", span.spanId());
    out.writeStringField("parent_span_id", span.parentSpanId());
    out.writeStringField("name", span.name());
    out.writeStringField("kind", span.kind());
    out.writeStringField("status", span.status());
    out.writeStringField("status_message", span.statusMessage());
    // In µs: a number of JavaScript has 53 bits, too few for ns since 1970.
    out.writeNumberField("start_us", span.startEpochNanos() / 1000);
    out.writeNumberField("end_us", span.endEpochNanos() / 1000);
    out.writeStringField("project", span.project());
    out.writeStringField("destination", parts.destinations().nameOf(span));
    out.writeBooleanField("private", parts.destinations().isPrivate(span));
    write(out, "attributes", span.attributes());
    write(out, "resource", span.resource());
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, String field, Map<String, Object> values)
      throws IOException {
    out.writeObjectFieldStart(field);
    for (Map.Entry<String, Object> value : values.entrySet()) {
      out.writeFieldName(value.getKey());
      switch (value.getValue()) {
        case Boolean flag -> out.writeBoolean(flag);
        case Long number -> out.writeNumber(number);
        case Double number when Double.isFinite(number) -> out.writeNumber(number);
        case Object other -> out.writeString(other.toString());
      }
    }
    out.writeEndObject();
  }
}
