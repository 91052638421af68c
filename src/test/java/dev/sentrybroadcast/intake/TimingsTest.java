package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Timing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times in every spelling, and what stands in for those that are missing. */
class TimingsTest {

  private static final long NOON = 1_795_176_000_000_000_000L; // 2026-11-20T12:00:00Z
  private static final long MILLI = 1_000_000L;

  @ParameterizedTest
  @CsvSource({
    "'\"2026-11-20T12:00:00Z\"', 0",
    "'\"2026-11-20T12:00:00.5Z\"', 500000000",
    "'\"2026-11-20t12:00:00.123456789z\"', 123456789",
    "'\"2026-11-20T12:00:00.1234567899Z\"', 123456789",
    "'\"2026-11-20 12:00:00+00:00\"', 0",
    "'\"2026-11-20T13:30:00+01:30\"', 0",
    "'\"2026-11-20T07:00:00-0500\"', 0",
    "'\"2026-11-20T14:00:00+02\"', 0",
    "'\"2026-11-20T11:59:60Z\"', -1000000000",
    "'1795176000', 0",
    "'1795176000.25', 250000000",
    "'\"1795176000.25\"', 250000000",
    "'1795176000000', 0",
    "'1795176000000.5', 500000",
    "'1795176000000000', 0",
    "'\"1795176000000000\"', 0",
    "'1795176000000000001', 1",
    "'1.795176e9', 0",
  })
  void decode_time_isUnderstood(String time, long nanosAfterNoon) {
    Generation generation =
        Decoding.valid("{\"request\":{\"model\":\"m\"},\"started_at\":" + time + "}");
    assertThat(generation.timing().startEpochNanos()).isEqualTo(NOON + nanosAfterNoon);
    assertThat(generation.corrections()).isEqualTo(Corrections.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"2026-11-20T12:00:00\"",
        "\"2026-11-20\"",
        "\"2026-02-30T12:00:00Z\"",
        "\"2026-13-01T12:00:00Z\"",
        "\"2026-11-20T24:00:00Z\"",
        "\"2026-11-20T12:00:00.Z\"",
        "\"2026-11-20T12:00:00+1:00\"",
        "\"9999-11-20T12:00:00Z\"",
        "\"yesterday\"",
        "0",
        "-1795176000",
        "12",
        "9223372036854775808",
        "true",
        "{}",
        "[]",
      })
  void decode_noTime_isDroppedByPath(String time) {
    Generation generation = Decoding.valid(Decoding.record("\"started_at\":" + time, "", ""));
    assertThat(generation.corrections().droppedFields()).containsExactly("started_at");
    assertThat(generation.timing()).isEqualTo(new Timing(NOON, NOON, null));
  }

  @ParameterizedTest
  @CsvSource({
    // fields, start, end, first token (ms after noon; −1: none)
    "'\"started_at\":1795176000,\"ended_at\":1795176002', 0, 2000, -1",
    "'\"started_at\":1795176000,\"latency_ms\":1500', 0, 1500, -1",
    "'\"started_at\":1795176000,\"generation_time\":\"1500\"', 0, 1500, -1",
    "'\"started_at\":1795176000,\"latency_ms\":1000,\"generation_time\":900', 0, 1000, -1",
    "'\"ended_at\":1795176002,\"latency_ms\":1500', 500, 2000, -1",
    "'\"started_at\":1795176000', 0, 0, -1",
    "'\"ended_at\":1795176002', 2000, 2000, -1",
    "'\"started_at\":1795176000,\"first_token_at\":1795176000.4', 0, 400, 400",
    "'\"started_at\":1795176000,\"ended_at\":1795176002,\"first_token_at\":1795176001', 0, 2000, 1000",
    "'\"usage\":{\"prompt_tokens\":1}', 2400, 2400, -1",
    "'\"usage\":{\"prompt_tokens\":1},\"latency_ms\":400', 2000, 2400, -1",
    "'\"cost\":1,\"response\":{\"created\":1795176001}', 1000, 2400, -1",
    "'\"cost\":1,\"response\":{\"created_at\":1795176001}', 1000, 2400, -1",
    "'\"cost\":1,\"response\":{\"created\":1795170000}', 2400, 2400, -1",
    "'\"cost\":1,\"response\":{\"created\":1795176003}', 2400, 2400, -1",
  })
  void decode_missingEnds_areDerived(String fields, long start, long end, long firstToken) {
    Generation generation = Decoding.valid("{\"request\":{\"model\":\"m\"}," + fields + "}");
    assertThat(generation.timing())
        .isEqualTo(
            new Timing(
                NOON + start * MILLI,
                NOON + end * MILLI,
                firstToken < 0 ? null : NOON + firstToken * MILLI));
  }

  @ParameterizedTest
  @CsvSource({
    // fields of a flat record, start, end (ms after noon); it was sent at 2400
    "'\"created_at\":1795176000', 0, 2400",
    "'\"created_at\":1795176000,\"generation_time\":1500', 0, 1500",
    "'\"created_at\":1795176000,\"latency\":0', 0, 0",
    "'\"created_at\":1795176000,\"first_token_at\":1795176001', 0, 2400",
    "'\"created_at\":1795176003', 3000, 3000",
    "'\"created_at\":1795170000', -6000000, -6000000",
    "'\"created_at\":1795176000,\"ended_at\":1795176001', 1000, 1000",
  })
  void decode_createdAtAlone_isTheStartOfWhatWasJustSent(String fields, long start, long end) {
    Timing timing =
        Decoding.valid(
                "{\"model\":\"m\",\"input\":\"q\",\"object\":\"response\",\"output\":[],"
                    + fields
                    + "}")
            .timing();
    assertThat(timing.startEpochNanos()).isEqualTo(NOON + start * MILLI);
    assertThat(timing.endEpochNanos()).isEqualTo(NOON + end * MILLI);
  }

  @Test
  void decode_endBeforeStart_isMendedAndCounted() {
    Generation generation =
        Decoding.valid(
            "{\"request\":{\"model\":\"m\"},\"started_at\":1795176001,\"ended_at\":1795176000}");
    assertThat(generation.timing())
        .isEqualTo(new Timing(NOON + 1000 * MILLI, NOON + 1000 * MILLI, null));
    assertThat(generation.corrections().kinds()).containsExactly(Corrections.Kind.END_BEFORE_START);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1795175999", "1795176003"})
  void decode_firstTokenOutsideOfTheTime_isDropped(String firstToken) {
    Generation generation =
        Decoding.valid(
            "{\"request\":{\"model\":\"m\"},\"started_at\":1795176000,\"ended_at\":1795176002,"
                + "\"first_token_at\":"
                + firstToken
                + "}");
    assertThat(generation.timing().firstTokenEpochNanos()).isNull();
    assertThat(generation.corrections().droppedFields()).containsExactly("first_token_at");
  }
}
