package dev.sentrybroadcast.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.destination.Sampling;
import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.genai.GenerationSpans;
import dev.sentrybroadcast.generation.ContentRules;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.GenerationBuilder;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.local.ReceivedRequest;
import io.opentelemetry.api.common.AttributeKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpanRequestTest {

  private static final GenerationSpans SPANS = new GenerationSpans("sentry-broadcast", "0.1.0");

  private static DestinationRecord record(Generation generation) {
    BatchMessage message = new BatchMessage(new QueuedMessage("m", "", 0, null, null), null);
    BatchRecord record =
        new BatchRecord(message, generation, SPANS::spans, new ContentLimits(1 << 16, 1 << 19));
    return DestinationRecord.of(
        record,
        List.of(message),
        ContentRules.of(PrivacyMode.OFF),
        new Sampling(Sampling.Reason.RATE, 1),
        /* truncated= */ false);
  }

  static List<DestinationRecord> records(int count) {
    List<DestinationRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(record(Generations.saying("r" + i, "x".repeat(1000))));
    }
    return records;
  }

  private static List<SpanRequest> pack(List<DestinationRecord> records, long maxBytes) {
    SpanRequest.Packed packed = SpanRequest.pack(records, maxBytes);
    assertThat(packed.leftOver()).isEmpty();
    return packed.requests();
  }

  @Test
  void pack_fits_isOneRequestInOrder() {
    List<DestinationRecord> records = records(10);

    assertThat(pack(records, 1 << 20)).containsExactly(new SpanRequest(records));
  }

  @Test
  void pack_nothing_isNoRequest() {
    assertThat(pack(List.of(), 1 << 20)).isEmpty();
  }

  @Test
  void pack_tooMuch_isCutBetweenRecords() {
    List<DestinationRecord> records = records(10);
    long one = 256 + records.getFirst().tree().bytes();

    List<SpanRequest> requests = pack(records, 3 * one);

    assertThat(requests).extracting(r -> r.records().size()).containsExactly(3, 3, 3, 1);
    assertThat(requests.stream().flatMap(r -> r.records().stream())).isEqualTo(records);
  }

  @Test
  void pack_oneLargerThanTheLimit_travelsAlone() {
    List<DestinationRecord> records = records(3);
    records.set(1, record(Generations.saying("large", "y".repeat(50_000))));

    assertThat(pack(records, 20_000)).extracting(r -> r.records().size()).containsExactly(1, 1, 1);
  }

  @Test
  void pack_sameSpanIds_neverShareARequest() {
    List<DestinationRecord> records = records(2);
    records.add(record(Generations.plain("r0")));
    records.add(record(Generations.plain("r0")));

    assertThat(pack(records, 1 << 20)).extracting(r -> r.records().size()).containsExactly(2, 1, 1);
  }

  @Test
  void pack_sameSpanIdsWithoutEnd_leavesRecordsOver() {
    List<DestinationRecord> records = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      records.add(record(Generations.plain("r0")));
    }

    SpanRequest.Packed packed = SpanRequest.pack(records, 1 << 20);

    assertThat(packed.requests()).hasSize(SpanRequest.MAX_REQUESTS_OF_ONE_ID);
    assertThat(packed.leftOver()).hasSize(100 - SpanRequest.MAX_REQUESTS_OF_ONE_ID);
  }

  /** Deflate finds repetitions within 32 KB only. */
  @Test
  void spans_ofSeveralApplications_areGrouped() {
    List<DestinationRecord> records =
        List.of(
            record("1", "writer", "b"),
            record("2", "coder", "c"),
            record("3", "writer", "a"),
            record("4", "coder", "c"),
            record("5", "writer", "b"),
            record(new GenerationBuilder("6").traceName("coder").build()));

    SpanRequest request = new SpanRequest(records);

    assertThat(request.spans())
        .extracting(span -> span.getAttributes().get(AttributeKey.stringKey("broadcast.record.id")))
        .filteredOn(Objects::nonNull)
        .containsExactly("6", "2", "4", "3", "1", "5");
    assertThat(request.records()).isEqualTo(records);
  }

  private static DestinationRecord record(String id, String traceName, String session) {
    return record(new GenerationBuilder(id).traceName(traceName).session(session).build());
  }

  @Test
  void halves_ofAnyNumber_keepAllInOrder() {
    for (int n = 2; n < 9; n++) {
      SpanRequest whole = new SpanRequest(records(n));
      List<DestinationRecord> both = new ArrayList<>(whole.firstHalf().records());
      both.addAll(whole.secondHalf().records());
      assertThat(both).isEqualTo(whole.records());
      assertThat(whole.firstHalf().records()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "é", "漢", "𝄞"})
  void estimate_isAboveWhatIsSentButNotFar(String letter) {
    for (int length : new int[] {1, 200, 20_000}) {
      try (Scene scene = new Scene()) {
        Generation[] generations = new Generation[5];
        long estimate = 0;
        for (int i = 0; i < generations.length; i++) {
          generations[i] = Generations.saying("r" + i, letter.repeat(length));
          estimate += 256 + record(generations[i]).tree().bytes();
        }
        scene.deliver(scene.message("m", generations));
        ReceivedRequest request = scene.sentry.requests().getFirst();

        assertThat((long) request.body().length)
            .isLessThanOrEqualTo(estimate)
            .isGreaterThan(estimate / 2);
      }
    }
  }
}
