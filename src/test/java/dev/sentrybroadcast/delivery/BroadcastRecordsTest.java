package dev.sentrybroadcast.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Model;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.generation.RecordedTrace;
import dev.sentrybroadcast.generation.RequestParameters;
import dev.sentrybroadcast.generation.Routing;
import dev.sentrybroadcast.generation.SpanName;
import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.generation.Usage;
import dev.sentrybroadcast.intake.Decoded;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a record can be besides a generation. */
final class BroadcastRecordsTest {

  private static final String TRACE = "5b8efff798038103d269b633813fc60c";

  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void deliver_ignoredRecord_isDoneAndCounted() {
    BatchReport report =
        scene.deliver(scene.message("m1", null, List.of(new Decoded.Ignored("a test"))));
    assertThat(report.returned()).isEmpty();
    assertThat(report.count(Counter.SPANS)).isZero();
    assertThat(report.corrections()).isEqualTo(Map.of("ignored a test", 1));
  }

  @Test
  void deliver_moreKindsOfCorrectionsThanALogLineHolds_areAllCounted() {
    List<Decoded> records =
        IntStream.range(0, 30).<Decoded>mapToObj(i -> new Decoded.Ignored("test " + i)).toList();

    BatchReport report = scene.deliver(scene.message("m1", null, records));

    assertThat(report.count(Counter.CORRECTED)).isEqualTo(30);
    assertThat(report.corrections()).hasSize(20);
  }

  @Test
  void deliver_recordThatCannotBeReadNow_isReturnedAsThat() {
    BatchReport report =
        scene.deliver(
            scene.message("m1", null, List.of(new Decoded.Unavailable("Throttling"))),
            scene.message("m2", null, List.of(new Decoded.Valid(trace(2)))));
    assertThat(report.returned())
        .containsExactly(new ReturnedMessage("m1", Reason.SECRETS_UNAVAILABLE, "Throttling"));
    assertThat(report.count(Counter.MALFORMED)).isZero();
    assertThat(report.count(Counter.SPANS)).isEqualTo(2);
  }

  @Test
  void deliver_oneTraceTwice_isSentOnce() {
    BatchReport report =
        scene.deliver(
            scene.message("m1", null, List.of(new Decoded.Valid(trace(3)))),
            scene.message("m2", null, List.of(new Decoded.Valid(trace(3)))));
    assertThat(report.returned()).isEmpty();
    assertThat(report.count(Counter.DUPLICATES)).isEqualTo(1);
    assertThat(report.count(Counter.SPANS)).isEqualTo(3);
  }

  private static RecordedTrace trace(int spans) {
    return new RecordedTrace(
        TRACE,
        new Routing(List.of(), PrivacyMode.OFF),
        new Caller(null, null, null, null),
        TRACE,
        null,
        null,
        IntStream.rangeClosed(1, spans).mapToObj(BroadcastRecordsTest::span).toList(),
        Corrections.NONE);
  }

  private static RecordedSpan span(int number) {
    return new RecordedSpan(
        "000000000000000" + number,
        number == 1 ? null : "0000000000000001",
        new SpanName("span " + number, null),
        RecordedSpan.Kind.INTERNAL,
        new Timing(1_795_176_000_000_000_000L, 1_795_176_001_000_000_000L, null),
        SpanRole.STEP,
        new Model(null, null, null),
        RequestParameters.NONE,
        new Outcome(null, List.of(), null, null, false, null),
        Usage.NONE,
        Cost.NONE,
        Exchange.NONE,
        null,
        null,
        Map.of(),
        Map.of());
  }
}
