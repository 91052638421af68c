package dev.sentrybroadcast.sentry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a Sentry envelope with one error event: a header, the item's header, the event. Only
 * {@code sent_at} depends on when it is made.
 *
 * @see <a href="https://develop.sentry.dev/sdk/data-model/envelopes/">Envelopes</a>
 */
public final class EventEnvelope {

  /** The {@code Content-Type} to send it with. */
  public static final String CONTENT_TYPE = "application/x-sentry-envelope";

  /** Relay removes longer tag values, and those with line breaks, from the event. */
  private static final int TAG_VALUE_MAX = 200;

  /** Relay cuts there anyway; a longer text could make the event too large to be taken at all. */
  private static final int EXCEPTION_VALUE_MAX = 8192;

  private static final JsonFactory JSON = new JsonFactoryBuilder().rootValueSeparator("\n").build();

  private EventEnvelope() {}

  /**
   * Writes the envelope.
   *
   * @param version of this product, for {@code sdk.version}
   * @param sentAt taken when it is sent, and anew for each try
   */
  public static byte[] write(ErrorEvent event, String version, Instant sentAt) {
    try {
      byte[] payload = payload(event, version);
      StringWriter headers = new StringWriter(256);
      try (JsonGenerator json = JSON.createGenerator(headers)) {
        json.writeStartObject();
        json.writeStringField("event_id", event.eventId());
        json.writeStringField("sent_at", sentAt.toString());
        json.writeEndObject();
        json.writeStartObject();
        json.writeStringField("type", "event");
        json.writeNumberField("length", payload.length);
        json.writeStringField("content_type", "application/json");
        json.writeEndObject();
      }
      headers.write('\n');
      byte[] head = headers.toString().getBytes(StandardCharsets.UTF_8);
      byte[] envelope = new byte[head.length + payload.length + 1];
      System.arraycopy(head, 0, envelope, 0, head.length);
      System.arraycopy(payload, 0, envelope, head.length, payload.length);
      envelope[envelope.length - 1] = '\n';
      return envelope;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] payload(ErrorEvent event, String version) throws IOException {
    // By way of a String: a generator of bytes fails at a lone surrogate, getBytes replaces it.
    StringWriter text = new StringWriter(1024);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("event_id", event.eventId());
      json.writeFieldName("timestamp");
      json.writeNumber(seconds(event.timestampEpochNanos()));
      // The failure is the provider's, not a Java exception: Sentry's neutral platform.
      json.writeStringField("platform", "other");
      json.writeStringField("level", "error");
      json.writeStringField("logger", "sentry-broadcast");
      writeText(json, "transaction", event.transaction());
      writeText(json, "environment", event.environment());
      writeText(json, "release", event.release());
      writeException(json, event);
      writeTrace(json, event);
      if (event.userId() != null) {
        json.writeObjectFieldStart("user");
        json.writeStringField("id", event.userId());
        json.writeEndObject();
      }
      writeTags(json, event.tags());
      if (!event.fingerprint().isEmpty()) {
        json.writeArrayFieldStart("fingerprint");
        for (String part : event.fingerprint()) {
          json.writeString(part);
        }
        json.writeEndArray();
      }
      json.writeObjectFieldStart("sdk");
      json.writeStringField("name", "sentry-broadcast");
      json.writeStringField("version", version);
      json.writeEndObject();
      json.writeEndObject();
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void writeException(JsonGenerator json, ErrorEvent event) throws IOException {
    json.writeObjectFieldStart("exception");
    json.writeArrayFieldStart("values");
    json.writeStartObject();
    json.writeStringField("type", event.type());
    json.writeStringField("value", cut(event.value(), EXCEPTION_VALUE_MAX));
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeTrace(JsonGenerator json, ErrorEvent event) throws IOException {
    json.writeObjectFieldStart("contexts");
    json.writeObjectFieldStart("trace");
    json.writeStringField("trace_id", event.traceId());
    json.writeStringField("span_id", event.spanId());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeTags(JsonGenerator json, Map<String, String> tags) throws IOException {
    if (tags.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("tags");
    // Map.of has no order of its own; the same event must be the same bytes.
    for (String key : tags.keySet().stream().sorted().toList()) {
      writeText(json, key, tagValue(tags.getOrDefault(key, "")));
    }
    json.writeEndObject();
  }

  private static String tagValue(String value) {
    return cut(value.replace('\n', ' ').replace('\r', ' ').strip(), TAG_VALUE_MAX);
  }

  private static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
  }

  private static void writeText(JsonGenerator json, String field, @Nullable String text)
      throws IOException {
    if (text != null && !text.isEmpty()) {
      json.writeStringField(field, text);
    }
  }

  /** Seconds since the epoch with microseconds, which a double would blur. */
  private static String seconds(long epochNanos) {
    long micros = Math.floorDiv(epochNanos, 1000L);
    String fraction = Long.toString(1_000_000 + Math.floorMod(micros, 1_000_000L)).substring(1);
    return Math.floorDiv(micros, 1_000_000L) + "." + fraction;
  }
}
