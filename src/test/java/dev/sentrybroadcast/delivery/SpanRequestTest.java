package dev.sentrybroadcast.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.delivery.BatchMessage.MessageGroup;
import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.genai.GenerationSpans;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.GenerationBuilder;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.local.ReceivedRequest;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpanRequestTest {

  private static final GenerationSpans SPANS = new GenerationSpans("sentry-broadcast", "0.1.0");

  private static Parcel parcel(Generation generation) {
    BatchMessage message =
        new BatchMessage(new QueuedMessage("m", "", 0, null, null), new MessageGroup(), 0);
    BatchRecord record =
        new BatchRecord(message, generation, SPANS::spans, new ContentLimits(1 << 16, 1 << 19));
    return new Parcel(record, PrivacyMode.OFF);
  }

  static List<Parcel> parcels(int count) {
    List<Parcel> parcels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parcels.add(parcel(Generations.saying("r" + i, "x".repeat(1000))));
    }
    return parcels;
  }

  @Test
  void pack_fits_isOneRequestInOrder() {
    List<Parcel> parcels = parcels(10);

    assertThat(SpanRequest.pack(parcels, 1 << 20)).containsExactly(new SpanRequest(parcels));
  }

  @Test
  void pack_nothing_isNoRequest() {
    assertThat(SpanRequest.pack(List.of(), 1 << 20)).isEmpty();
  }

  @Test
  void pack_tooMuch_isCutBetweenParcels() {
    List<Parcel> parcels = parcels(10);
    long one = 256 + parcels.getFirst().tree().bytes();

    List<SpanRequest> requests = SpanRequest.pack(parcels, 3 * one);

    assertThat(requests).extracting(r -> r.parcels().size()).containsExactly(3, 3, 3, 1);
    assertThat(requests.stream().flatMap(r -> r.parcels().stream())).isEqualTo(parcels);
  }

  @Test
  void pack_oneLargerThanTheLimit_travelsAlone() {
    List<Parcel> parcels = parcels(3);
    parcels.set(1, parcel(Generations.saying("large", "y".repeat(50_000))));

    assertThat(SpanRequest.pack(parcels, 20_000))
        .extracting(r -> r.parcels().size())
        .containsExactly(1, 1, 1);
  }

  @Test
  void pack_sameSpanIds_neverShareARequest() {
    List<Parcel> parcels = parcels(2);
    parcels.add(parcel(Generations.plain("r0")));
    parcels.add(parcel(Generations.plain("r0")));

    assertThat(SpanRequest.pack(parcels, 1 << 20))
        .extracting(r -> r.parcels().size())
        .containsExactly(2, 1, 1);
  }

  @Test
  void parts_ofALargeRequest_areWholeTreesInOrder() {
    List<Parcel> parcels = parcels(300);

    List<List<SpanData>> parts = new SpanRequest(parcels).parts();

    assertThat(parts).hasSizeBetween(2, 10);
    assertThat(parts.stream().flatMap(List::stream))
        .containsExactlyElementsOf(
            parcels.stream().flatMap(parcel -> parcel.tree().spans().stream()).toList());
    assertThat(parts)
        .allSatisfy(part ->
            assertThat(part.getFirst().getParentSpanContext().isValid())
                .as("the first one is a root")
                .isFalse());
  }

  /** A compressor sees 32 KB back, which other applications' records would fill. */
  @Test
  void parts_ofSeveralApplications_haveEachOnesTogether() {
    List<Parcel> parcels =
        List.of(
            parcel("1", "writer", "b"),
            parcel("2", "coder", "c"),
            parcel("3", "writer", "a"),
            parcel("4", "coder", "c"),
            parcel("5", "writer", "b"),
            parcel(new GenerationBuilder("6").traceName("coder").build()));

    SpanRequest request = new SpanRequest(parcels);

    assertThat(request.parts().stream().flatMap(List::stream))
        .extracting(span -> span.getAttributes().get(AttributeKey.stringKey("broadcast.record.id")))
        .filteredOn(Objects::nonNull)
        .containsExactly("6", "2", "4", "3", "1", "5");
    assertThat(request.parcels()).isEqualTo(parcels);
  }

  private static Parcel parcel(String id, String traceName, String session) {
    return parcel(new GenerationBuilder(id).traceName(traceName).session(session).build());
  }

  @Test
  void halves_ofAnyNumber_keepAllInOrder() {
    for (int n = 2; n < 9; n++) {
      SpanRequest whole = new SpanRequest(parcels(n));
      List<Parcel> both = new ArrayList<>(whole.firstHalf().parcels());
      both.addAll(whole.secondHalf().parcels());
      assertThat(both).isEqualTo(whole.parcels());
      assertThat(whole.firstHalf().parcels()).isNotEmpty();
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
          estimate += 256 + parcel(generations[i]).tree().bytes();
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
