package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.record.Timings;

/** When a span ran, and when the first token came. */
final class SpanTiming {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  private SpanTiming() {}

  static Timing of(OtlpSpan span, SpanReading reading, Origin origin) {
    Timing given =
        Timings.between(
            span.json(),
            span.json().time("startTimeUnixNano"),
            span.json().time("endTimeUnixNano"),
            origin.sentEpochNanos());
    long start = given.startEpochNanos();
    Double seconds = reading.amount(Field.FIRST_TOKEN_SECONDS);
    Double millis = reading.amount(Field.FIRST_TOKEN_MILLIS);
    Long first =
        millis != null
            ? Long.valueOf(start + Math.round(millis * NANOS_PER_MILLI))
            : seconds != null
                ? Long.valueOf(start + Math.round(seconds * NANOS_PER_SECOND))
                : reading.time(Field.FIRST_TOKEN_TIME);
    return new Timing(start, given.endEpochNanos(), first);
  }
}
