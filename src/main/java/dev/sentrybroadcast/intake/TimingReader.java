package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Timing;
import org.jspecify.annotations.Nullable;

/** Reads when a generation, an attempt or a tool ran. */
final class TimingReader {

  private static final long MILLI = 1_000_000L;

  /**
   * How long before a message was sent its {@code response.created} may lie to be believed as the
   * start: the message may be a replay, the body a copy of an old one.
   */
  private static final long SENSIBLE = 15 * 60_000 * MILLI;

  private TimingReader() {}

  /** Does the record say when it ran, not only how long? */
  static boolean isGiven(Fields record) {
    return isTime(record.get("started_at"))
        || isTime(record.get("ended_at"))
        || isTime(record.get("first_token_at"))
        || isTime(record.get("created_at"));
  }

  private static boolean isTime(@Nullable JsonValue value) {
    return value != null && Times.epochNanos(value) != null;
  }

  /**
   * Of a generation. One missing end comes from the other and the duration; both missing, the
   * message's own time is the end, and the start is so long before it as the duration says, or the
   * response's {@code created} if that is at most 15 minutes before. A flat record's {@code
   * created_at} is the start however old it is: OpenRouter's {@code /generation} says it with a
   * duration, a Responses body without one.
   */
  static Timing generation(Fields record, Fields response, long sentEpochNanos) {
    Long start = time(record, "started_at");
    Long end = time(record, "ended_at");
    Long firstToken = time(record, "first_token_at");
    Long duration = duration(record, "latency_ms", "generation_time", "latency");
    if (start == null && end == null) {
      start = time(record, "created_at");
      if (start == null) {
        end = sentEpochNanos;
        start = duration == null ? created(response, sentEpochNanos) : null;
      } else if (duration == null && isJustBefore(start, sentEpochNanos)) {
        end = sentEpochNanos;
      }
    }
    Timing timing = closed(record, start, end, duration);
    return timing == null
        ? new Timing(sentEpochNanos, sentEpochNanos, null)
        : withFirstToken(record, timing, end, firstToken);
  }

  /** Between two points in time; a missing one is the other, both missing are the message's. */
  static Timing between(
      Fields fields, @Nullable Long start, @Nullable Long end, long sentEpochNanos) {
    Timing timing = closed(fields, start, end, null);
    return timing == null ? new Timing(sentEpochNanos, sentEpochNanos, null) : timing;
  }

  /** Of an attempt or a tool execution; null where it does not say. */
  static @Nullable Timing step(Fields step) {
    return closed(
        step,
        time(step, "started_at"),
        time(step, "ended_at"),
        duration(step, "latency_ms", "duration_ms", "latency"));
  }

  private static @Nullable Timing closed(
      Fields fields, @Nullable Long start, @Nullable Long end, @Nullable Long duration) {
    long length = duration == null ? 0 : duration;
    long from;
    long to;
    if (start != null) {
      from = start;
      to = end != null ? end : from + length;
    } else if (end != null) {
      from = Math.max(0, end - length);
      to = end;
    } else {
      return null;
    }
    if (to < from) {
      fields.log().mended(Corrections.Kind.END_BEFORE_START);
      to = from;
    }
    return new Timing(from, to, null);
  }

  private static Timing withFirstToken(
      Fields record, Timing timing, @Nullable Long end, @Nullable Long firstToken) {
    if (firstToken == null) {
      return timing;
    }
    boolean endKnown = end != null || timing.endEpochNanos() > timing.startEpochNanos();
    if (firstToken < timing.startEpochNanos()
        || (endKnown && firstToken > timing.endEpochNanos())) {
      record.drop("first_token_at");
      return timing;
    }
    long last = Math.max(firstToken, timing.endEpochNanos());
    return new Timing(timing.startEpochNanos(), last, firstToken);
  }

  static @Nullable Long time(Fields fields, String field) {
    JsonValue value = fields.get(field);
    Long time = value == null ? null : Times.epochNanos(value);
    if (value != null && time == null) {
      fields.drop(field);
    }
    return time;
  }

  /** Milliseconds, at most a year of them. */
  private static @Nullable Long duration(Fields fields, String... names) {
    Double millis = fields.amount(names);
    return millis == null || millis > 366 * 86_400_000.0 ? null : Math.round(millis * MILLI);
  }

  private static @Nullable Long created(Fields response, long sent) {
    JsonValue value =
        response.has("created") ? response.get("created") : response.get("created_at");
    Long created = value == null ? null : Times.epochNanos(value);
    return created != null && isJustBefore(created, sent) ? created : null;
  }

  private static boolean isJustBefore(long created, long sent) {
    return created <= sent && sent - created <= SENSIBLE;
  }
}
