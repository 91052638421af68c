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
 * One Sentry error event, ready to be sent: whatever privacy mode withholds is already left out.
 *
 * @param eventId 32 hex digits
 * @param type the exception's type
 * @param value the exception's value
 */
public record ErrorEvent(
    String eventId,
    long timestampEpochNanos,
    String traceId,
    String spanId,
    String type,
    String value,
    List<String> fingerprint,
    Map<String, String> tags,
    @Nullable String transaction,
    @Nullable String userId,
    @Nullable String environment,
    @Nullable String release) {

  /** The {@code Content-Type} of an envelope. */
  public static final String CONTENT_TYPE = "application/x-sentry-envelope";

  /** Relay removes longer tag values, and those with line breaks, from the event. */
  private static final int TAG_VALUE_MAX = 200;

  /** Relay cuts there anyway; a longer text could make the event too large to be taken at all. */
  private static final int EXCEPTION_VALUE_MAX = 8192;

  /**
   * The bytes of an envelope with the event: a header, the item's header, the event. Only {@code
   * sent_at} depends on when it is made.
   *
   * @param version of this product, for {@code sdk.version}
   * @param sentAt taken when it is sent, and anew for each try
   * @see <a href="https://develop.sentry.dev/sdk/data-model/envelopes/">Envelopes</a>
   */
  public byte[] envelope(String version, Instant sentAt) {
    // By way of a String, because a lone surrogate fails a generator of bytes.
    byte[] payload = Json.of(payload(version)).getBytes(StandardCharsets.UTF_8);
    Map<String, @Nullable Object> header =
        Json.fields("event_id", eventId, "sent_at", sentAt.toString());
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

  private Map<String, @Nullable Object> payload(String version) {
    Map<String, @Nullable Object> exception =
        Json.fields("type", type, "value", cut(value, EXCEPTION_VALUE_MAX));
    Map<String, @Nullable Object> trace = Json.fields("trace_id", traceId, "span_id", spanId);
    // The failure is the provider's, not a Java exception: Sentry's neutral platform.
    Map<String, @Nullable Object> payload =
        Json.fields(
            "event_id",
            eventId,
            "timestamp",
            BigDecimal.valueOf(Math.floorDiv(timestampEpochNanos, 1000L), 6),
            "platform",
            "other",
            "level",
            "error",
            "logger",
            "sentry-broadcast",
            "transaction",
            transaction,
            "environment",
            environment,
            "release",
            release,
            "exception",
            Map.of("values", List.of(exception)),
            "contexts",
            Map.of("trace", trace),
            "user",
            userId == null ? null : Map.of("id", userId),
            "tags",
            sorted(tags),
            "fingerprint",
            fingerprint,
            "sdk",
            Json.fields("name", "sentry-broadcast", "version", version));
    payload.values().removeIf(ErrorEvent::isEmpty);
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
  private static Map<String, String> sorted(Map<String, String> tags) {
    Map<String, String> values = new TreeMap<>(tags);
    values.replaceAll((_, value) -> tagValue(value));
    values.values().removeIf(String::isEmpty);
    return values;
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

  @Override
  public String toString() {
    return "ErrorEvent[" + eventId + "]";
  }
}
