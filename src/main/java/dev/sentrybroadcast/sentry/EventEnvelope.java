package dev.sentrybroadcast.sentry;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  private EventEnvelope() {}

  /**
   * Writes the envelope.
   *
   * @param version of this product, for {@code sdk.version}
   * @param sentAt taken when it is sent, and anew for each try
   */
  public static byte[] write(ErrorEvent event, String version, Instant sentAt) {
    // By way of a String, because a lone surrogate fails a generator of bytes.
    byte[] payload = Json.of(payload(event, version)).getBytes(StandardCharsets.UTF_8);
    Map<String, @Nullable Object> header =
        Json.fields("event_id", event.eventId(), "sent_at", sentAt.toString());
    Map<String, @Nullable Object> itemHeader =
        Json.fields(
            "type", "event",
            "length", payload.length,
            "content_type", "application/json");
    ByteArrayOutputStream envelope = new ByteArrayOutputStream();
    String headers = Json.of(header) + "\n" + Json.of(itemHeader) + "\n";
    envelope.writeBytes(headers.getBytes(StandardCharsets.UTF_8));
    envelope.writeBytes(payload);
    envelope.write('\n');
    return envelope.toByteArray();
  }

  private static Map<String, @Nullable Object> payload(ErrorEvent event, String version) {
    Map<String, @Nullable Object> exception =
        Json.fields("type", event.type(), "value", cut(event.value(), EXCEPTION_VALUE_MAX));
    Map<String, @Nullable Object> trace =
        Json.fields("trace_id", event.traceId(), "span_id", event.spanId());
    // The failure is the provider's, not a Java exception: Sentry's neutral platform.
    Map<String, @Nullable Object> payload =
        Json.fields(
            "event_id", event.eventId(),
            "timestamp", BigDecimal.valueOf(Math.floorDiv(event.timestampEpochNanos(), 1000L), 6),
            "platform", "other",
            "level", "error",
            "logger", "sentry-broadcast",
            "transaction", event.transaction(),
            "environment", event.environment(),
            "release", event.release(),
            "exception", Map.of("values", List.of(exception)),
            "contexts", Map.of("trace", trace),
            "user", event.userId() == null ? null : Map.of("id", event.userId()),
            "tags", tags(event.tags()),
            "fingerprint", event.fingerprint(),
            "sdk", Json.fields("name", "sentry-broadcast", "version", version));
    payload.values().removeIf(EventEnvelope::isEmpty);
    return payload;
  }

  private static boolean isEmpty(@Nullable Object value) {
    return switch (value) {
      case String text -> text.isEmpty();
      case Map<?, ?> map -> map.isEmpty();
      case List<?> list -> list.isEmpty();
      case null -> true;
      default -> false;
    };
  }

  /** In an order of their own: the same event must be the same bytes. */
  private static Map<String, String> tags(Map<String, String> tags) {
    Map<String, String> sorted = new TreeMap<>(tags);
    sorted.replaceAll((_, value) -> tagValue(value));
    sorted.values().removeIf(String::isEmpty);
    return sorted;
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
}
