package dev.sentrybroadcast.sentry;

import java.util.List;
import java.util.Map;
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

  @Override
  public String toString() {
    return "ErrorEvent[" + eventId + "]";
  }
}
