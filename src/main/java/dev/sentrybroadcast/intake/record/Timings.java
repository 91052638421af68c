package dev.sentrybroadcast.intake.record;

import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.intake.json.Numbers;
import dev.sentrybroadcast.intake.json.ObjectView;
import dev.sentrybroadcast.intake.json.Times;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads when a generation, an attempt or a tool ran. */
public final class Timings {

  private static final long MILLI = 1_000_000L;

  /**
   * A {@code response.created} that is longer before the message was sent is not taken for the
   * start: the message can be a replay, or the body a copy.
   */
  private static final long SENSIBLE = 15 * 60_000 * MILLI;

  private Timings() {}

  /** Whether the record has a time; a duration is not enough. */
  static boolean isGiven(ObjectView record) {
    return Stream.of("started_at", "ended_at", "first_token_at", "created_at")
        .anyMatch(field -> Times.epochNanos(record.get(field)) != null);
  }

  /**
   * Of a generation. One missing end is derived from the other and the duration. If both are
   * missing, the end is when the message was sent; the start is before it by the duration, or is
   * the response's {@code created} if that is at most 15 minutes before. A flat record's {@code
   * created_at} is the start, however old it is: OpenRouter's {@code /generation} has it with a
   * duration, OpenAI's Responses without one.
   *
   * @param measured the duration that the response says
   */
  static Timing generation(
      ObjectView record, ObjectView response, @Nullable Long measured, long sentEpochNanos) {
    Long start = record.time("started_at");
    Long end = record.time("ended_at");
    Long firstToken = record.time("first_token_at");
    Long duration = duration(record, "latency_ms", "generation_time", "latency");
    if (duration == null) {
      duration = measured;
    }
    if (start == null && end == null && duration != null && duration.equals(measured)) {
      Long created = response.has("created_at") ? response.time("created_at") : null;
      end = created == null ? sentEpochNanos : created; // Ollama says when it was done
    } else if (start == null && end == null) {
      start = record.time("created_at");
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

  /** Between two times. A missing one is the other; if both are, when the message was sent. */
  public static Timing between(
      ObjectView fields, @Nullable Long start, @Nullable Long end, long sentEpochNanos) {
    Timing timing = closed(fields, start, end, null);
    return timing == null ? new Timing(sentEpochNanos, sentEpochNanos, null) : timing;
  }

  /** Of an attempt or a tool execution; null where it has no times. */
  static @Nullable Timing step(ObjectView step) {
    return closed(
        step,
        step.time("started_at"),
        step.time("ended_at"),
        duration(step, "latency_ms", "duration_ms", "latency"));
  }

  private static @Nullable Timing closed(
      ObjectView fields, @Nullable Long start, @Nullable Long end, @Nullable Long duration) {
    if (start == null && end == null) {
      return null;
    }
    long length = Numbers.zeroIfUnknown(duration);
    long from = start != null ? start : Math.max(0, Objects.requireNonNull(end) - length);
    long to = end != null ? end : from + length;
    if (to < from) {
      fields.log().mended(Corrections.Kind.END_BEFORE_START); // by the timing itself
    }
    return new Timing(from, to, null);
  }

  private static Timing withFirstToken(
      ObjectView record, Timing timing, @Nullable Long end, @Nullable Long firstToken) {
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

  /** From milliseconds, at most a year. */
  private static @Nullable Long duration(ObjectView fields, String... names) {
    Double millis = fields.amount(names);
    return millis == null || millis > 366 * 86_400_000.0 ? null : Math.round(millis * MILLI);
  }

  private static @Nullable Long created(ObjectView response, long sent) {
    Long created = Times.epochNanos(response.json().first("created", "created_at"));
    return created != null && isJustBefore(created, sent) ? created : null;
  }

  private static boolean isJustBefore(long created, long sent) {
    return created <= sent && sent - created <= SENSIBLE;
  }
}
