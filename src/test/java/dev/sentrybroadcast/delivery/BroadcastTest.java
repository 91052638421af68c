package dev.sentrybroadcast.delivery;

import static dev.sentrybroadcast.delivery.Generations.fromKey;
import static dev.sentrybroadcast.delivery.Generations.metadataOnly;
import static dev.sentrybroadcast.delivery.Generations.plain;
import static dev.sentrybroadcast.delivery.Generations.saying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.Destinations.Lookup;
import dev.sentrybroadcast.genai.SpanTree;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.local.ReceivedRequest;
import dev.sentrybroadcast.local.Reply;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BroadcastTest {

  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void deliver_accepted_returnsNothing() {
    BatchReport report =
        scene.deliver(
            scene.message("m1", plain("r1")), scene.message("m2", plain("r2"), plain("r3")));

    assertThat(report.returned()).isEmpty();
    assertThat(scene.received()).containsExactly("r1", "r2", "r3");
    assertThat(report)
        .extracting(
            r -> r.count(Counter.RECEIVED),
            r -> r.count(Counter.EXPORTED),
            r -> r.count(Counter.SPANS),
            r -> r.count(Counter.REQUESTS),
            r -> r.count(Counter.OLDEST_RECORD_MILLIS))
        .containsExactly(2L, 3L, 3L, 1L, 1000L);
  }

  @Test
  void deliver_request_isOtlpAsSentryWantsIt() {
    scene.deliver(scene.message("m1", plain("r1")));

    ReceivedRequest request = scene.sentry.requests().getFirst();
    assertThat(request.header("content-type")).isEqualTo("application/x-protobuf");
    assertThat(request.header("content-encoding")).isEqualTo("gzip");
    assertThat(request.header("user-agent")).isEqualTo("sentry-broadcast/0.1.0");
    assertThat(request.header("x-sentry-auth"))
        .isEqualTo("sentry sentry_key=" + Scene.KEY + ", sentry_client=sentry-broadcast/0.1.0");
    assertThat(request.headers()).doesNotContainKeys("origin", "referer", "upgrade");
  }

  @Test
  void deliver_nothing_saysNothing() {
    assertThat(scene.deliver().returned()).isEmpty();
    assertThat(scene.sentry.attempts()).isZero();
  }

  @Test
  void deliver_severalDestinations_sendsToEach() {
    scene.sentry.allow(Scene.NEW_KEY, "99");
    Destination first = scene.destination("eu");
    scene.destinations.put(first);
    scene.destinations.put(scene.destination("default", Scene.KEY, PrivacyMode.ON));

    BatchReport report =
        scene.deliver(scene.message("m1", saying("r1", "canary-prompt", "eu", "default")));

    assertThat(report.returned()).isEmpty();
    assertThat(report.count(Counter.EXPORTED)).isEqualTo(2);
    List<ReceivedRequest> requests = scene.sentry.requests();
    assertThat(quotes(requests.get(0), "canary-prompt")).as("content at eu").isTrue();
    assertThat(quotes(requests.get(1), "canary-prompt")).as("content at default").isFalse();
  }

  @Test
  void deliver_forcedPrivacy_leavesContentOut() {
    scene.forced = PrivacyMode.ON;

    scene.deliver(scene.message("m1", saying("r1", "canary-prompt")));

    assertThat(quotes(scene.sentry.requests().getFirst(), "canary-prompt")).isFalse();
  }

  @Test
  void deliver_metadataOnlyRecord_leavesContentOut() {
    scene.deliver(scene.message("m1", metadataOnly("r1")));

    assertThat(quotes(scene.sentry.requests().getFirst(), "What is a span?")).isFalse();
  }

  private static boolean quotes(ReceivedRequest request, String text) {
    return new String(request.body(), StandardCharsets.UTF_8).contains(text);
  }

  @Test
  void deliver_switchedOffFilteredOrSampledOut_isASuccess() {
    scene.destinations.put(scene.withRules("off", "\"enabled\": false"));
    scene.destinations.put(scene.withRules("none", "\"sampling_rate\": 0"));
    scene.destinations.put(scene.withRules("checkout", "\"api_keys\": [\"checkout\"]"));

    BatchReport report =
        scene.deliver(
            scene.message("m1", plain("r1", "off")),
            scene.message("m2", plain("r2", "none")),
            scene.message("m3", plain("r3", "checkout"), fromKey("r4", "search")));

    assertThat(report.returned()).isEmpty();
    // The fourth goes to the default, which takes every key.
    assertThat(scene.received()).containsExactly("r4");
    assertThat(report)
        .extracting(
            r -> r.count(Counter.DISABLED),
            r -> r.count(Counter.SAMPLED_OUT),
            r -> r.count(Counter.FILTERED))
        .containsExactly(1L, 1L, 1L);
  }

  @Test
  void deliver_malformed_returnsItAloneWithItsPath() {
    BatchReport report = scene.deliver(scene.malformed("m1"), scene.message("m2", plain("r2")));

    assertThat(report.returned())
        .containsExactly(
            new ReturnedMessage("m1", Reason.MALFORMED, "malformed: $.model: expected a model"));
    assertThat(report.count(Counter.MALFORMED)).isEqualTo(1);
    assertThat(scene.received()).containsExactly("r2");
  }

  @Test
  void deliver_oneMalformedOfAnArray_returnsTheMessageAndSendsTheOthers() {
    QueuedMessage message =
        scene.message(
            "m1",
            null,
            List.of(new Decoded.Malformed("[0].model", "a model"), new Decoded.Valid(plain("r2"))));

    assertThat(Scene.reasons(scene.deliver(message))).isEqualTo(Map.of("m1", Reason.MALFORMED));
    assertThat(scene.received()).containsExactly("r2");
  }

  @Test
  void deliver_lookupsThatFail_returnTheirMessagesAlone() {
    scene.destinations.answer("broken", new Lookup.Misconfigured<>("broken", "dsn", "a DSN"));
    scene.destinations.answer("down", new Lookup.Unavailable<>("down", "SdkClientException"));

    BatchReport report =
        scene.deliver(
            scene.message("m1", plain("r1", "unheard")),
            scene.message("m2", plain("r2", "broken")),
            scene.message("m3", plain("r3", "down")),
            scene.message("m4", plain("r4", "default", "unheard")),
            scene.message("m5", plain("r5")));

    assertThat(Scene.reasons(report))
        .isEqualTo(
            Map.of(
                "m1", Reason.UNKNOWN_DESTINATION,
                "m2", Reason.DESTINATION_MISCONFIGURED,
                "m3", Reason.SECRETS_UNAVAILABLE,
                "m4", Reason.UNKNOWN_DESTINATION));
    assertThat(report.returned())
        .extracting(ReturnedMessage::detail)
        .contains(
            "unheard: there is no such destination",
            "broken: dsn: a DSN",
            "down: its secret could not be read: SdkClientException");
    assertThat(scene.received()).containsExactly("r4", "r5");
  }

  @Test
  void deliver_lastGoodValue_servesAndIsCounted() {
    scene.destinations.answer("default", new Lookup.Found<>(scene.destination("default"), true));

    BatchReport report = scene.deliver(scene.message("m1", plain("r1")));

    assertThat(report.returned()).isEmpty();
    assertThat(report.count(Counter.LAST_GOOD_SERVED)).isEqualTo(1);
    assertThat(report.count(Counter.DESTINATION_MILLIS)).isEqualTo(FakeDestinations.AGE.toMillis());
  }

  @Test
  void deliver_bugInMapping_returnsItsMessageWithTheStackAndNoMessageText() {
    scene.unmappable("r1");

    BatchReport report =
        scene.deliver(scene.message("m1", plain("r1")), scene.message("m2", plain("r2")));

    assertThat(Scene.reasons(report)).isEqualTo(Map.of("m1", Reason.BUG));
    assertThat(report.returned().getFirst().detail())
        .startsWith("java.lang.IllegalStateException at dev.sentrybroadcast.delivery.Scene.");
    assertThat(report.toString().contains("canary")).as("exception text in the report").isFalse();
    assertThat(scene.received()).containsExactly("r2");
  }

  @Test
  void deliver_sameRecordInTwoMessages_isSentOnceAndSettlesBoth() {
    BatchReport report =
        scene.deliver(
            scene.message("m1", plain("r1")),
            scene.message("m2", plain("r2")),
            scene.message("m3", plain("r1")));

    assertThat(report.returned()).isEmpty();
    assertThat(report.count(Counter.DUPLICATES)).isEqualTo(1);
    assertThat(scene.received()).containsExactly("r1", "r2");
  }

  @Test
  void deliver_sameRecordInTwoMessagesNotDelivered_returnsBoth() {
    scene.sentry.stop();

    BatchReport report =
        scene.deliver(scene.message("m1", plain("r1")), scene.message("m2", plain("r1")));

    assertThat(Scene.reasons(report))
        .isEqualTo(Map.of("m1", Reason.UNAVAILABLE, "m2", Reason.UNAVAILABLE));
  }

  @Test
  void deliver_sameIdButOtherContent_hasSpansOfItsOwnInTheSameRequest() {
    BatchReport report =
        scene.deliver(
            scene.message("m1", saying("r1", "one")),
            scene.message("m2", saying("r1", "two")),
            scene.message("m3", plain("r3")));

    assertThat(report.returned()).isEmpty();
    assertThat(report.count(Counter.DUPLICATES)).isZero();
    assertThat(scene.sentry.requests()).hasSize(1);
    assertThat(scene.received()).containsExactly("r1", "r1#1", "r3");
  }

  @Test
  void deliver_oneIdAThousandTimes_isAFewRequests() {
    Generation[] generations = new Generation[1000];
    for (int i = 0; i < 1000; i++) {
      generations[i] = saying("r1", "text " + i % 800);
    }

    BatchReport report = scene.deliver(scene.message("m1", generations));

    assertThat(report.returned()).isEmpty();
    assertThat(report.count(Counter.DUPLICATES)).isEqualTo(200);
    assertThat(scene.sentry.requests()).hasSizeLessThan(5);
    assertThat(scene.received()).hasSize(800).doesNotHaveDuplicates();
  }

  @Test
  void deliver_manyUnknownDestinations_looksUpFiftyAfterWhatIsKnown() {
    QueuedMessage hostile = scene.message("m1", toUnknownDestinations(3000));

    BatchReport report = scene.deliver(hostile, scene.message("m2", plain("r2")));

    assertThat(Scene.reasons(report)).isEqualTo(Map.of("m1", Reason.UNKNOWN_DESTINATION));
    assertThat(scene.received()).containsExactly("r2");
    assertThat(scene.destinations.found()).hasSize(51).startsWith("default");
  }

  @Test
  void deliver_manyUnknownDestinationsAfterAColdStart_leavesLookupsToOtherMessages() {
    scene.destinations.put(scene.destination("team"));
    scene.destinations.forgetAll();
    QueuedMessage hostile = scene.message("m1", toUnknownDestinations(60));

    BatchReport report =
        scene.deliver(
            hostile, scene.message("m2", plain("r2")), scene.message("m3", plain("r3", "team")));

    assertThat(Scene.reasons(report)).containsOnlyKeys("m1");
    assertThat(scene.received()).containsExactly("r2", "r3");
  }

  private static Generation[] toUnknownDestinations(int count) {
    Generation[] generations = new Generation[count];
    for (int i = 0; i < count; i++) {
      generations[i] = plain("u" + i, "unknown-" + i);
    }
    return generations;
  }

  @Test
  void deliver_textThatIsNoDestinationsName_isNotRepeated() {
    String dsn = "https://" + Scene.KEY + "@o1.ingest.sentry.io/1";

    BatchReport report =
        scene.deliver(
            scene.message("m1", plain("r1", dsn)), scene.message("m2", plain("r2", "no\nname")));

    assertThat(Scene.reasons(report))
        .isEqualTo(Map.of("m1", Reason.UNKNOWN_DESTINATION, "m2", Reason.UNKNOWN_DESTINATION));
    assertThat(report.toString().contains(Scene.KEY)).as("key in the report").isFalse();
    assertThat(report.toString().contains("no\nname")).as("text in the report").isFalse();
  }

  @Test
  void deliver_exportLatency_isTheHttpExchangeAlone() {
    scene.sentry.replyBy(_ -> {
      scene.time.advance(Duration.ofMillis(70));
      return Reply.asRelay();
    });
    scene.changeTree =
        tree ->
            new SpanTree(
                tree.spans().stream().<SpanData>map(SlowToRead::new).toList(), null, tree.bytes());

    assertThat(scene.deliver(scene.message("m1", plain("r1"))).count(Counter.EXPORT_MILLIS))
        .isEqualTo(70);
  }

  /** A span that takes time to be written. */
  private final class SlowToRead extends DelegatingSpanData {

    SlowToRead(SpanData span) {
      super(span);
    }

    @Override
    public String getName() {
      scene.time.advance(Duration.ofMillis(10));
      return super.getName();
    }
  }

  @Test
  void deliver_messageOfNoRecords_isNeverDeleted() {
    assertThat(Scene.reasons(scene.deliver(scene.message("m1"))))
        .isEqualTo(Map.of("m1", Reason.BUG));
  }

  @Test
  void deliver_outOfTime_returnsWhatIsUnsent() {
    BatchReport report = scene.deliver(Duration.ofMillis(1050), scene.message("m1", plain("r1")));

    assertThat(Scene.reasons(report)).isEqualTo(Map.of("m1", Reason.OUT_OF_TIME));
    assertThat(scene.sentry.attempts()).isZero();
  }

  @Test
  void deliver_storeThatHangs_endsInTimeAndSendsWhatItCan() {
    List<QueuedMessage> messages = new ArrayList<>();
    for (int i = 1; i <= 9; i++) {
      String name = "d" + i;
      scene.destinations.answer(name, new Lookup.Unavailable<>(name, "SocketTimeoutException"));
      messages.add(scene.message("m" + i, plain("r" + i, name)));
    }
    messages.add(scene.message("m10", plain("r10")));
    scene.destinations.beforeFailure = () -> scene.time.advance(Duration.ofSeconds(6));

    BatchReport report = scene.deliver(messages.toArray(QueuedMessage[]::new));

    // Of 29 s, four times 6 are used up; with 5 left none begins that may take as long.
    assertThat(scene.time.instant()).isEqualTo(FakeTime.START.plusSeconds(24));
    assertThat(report.returnedByReason())
        .isEqualTo(Map.of(Reason.SECRETS_UNAVAILABLE, 4L, Reason.OUT_OF_TIME, 5L));
    assertThat(scene.received()).containsExactly("r10");
  }

  @Test
  void deliver_twoAtOnce_mixNothing() throws Exception {
    Broadcast broadcast = scene.broadcast();
    List<List<QueuedMessage>> batches = new ArrayList<>();
    for (int b = 0; b < 8; b++) {
      List<QueuedMessage> batch = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        batch.add(scene.message("m" + b + "-" + i, saying("r" + b + "-" + i, "x".repeat(2000))));
      }
      batches.add(batch);
    }
    List<Future<BatchReport>> reports = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (List<QueuedMessage> batch : batches) {
        reports.add(
            threads.submit(() ->
                broadcast.deliver(batch, false, Deadline.in(Duration.ofSeconds(30), scene.time))));
      }
      for (Future<BatchReport> report : reports) {
        assertThat(report.get().returned()).isEmpty();
        assertThat(report.get().count(Counter.EXPORTED)).isEqualTo(20);
      }
    }
    assertThat(scene.receivedOnce()).hasSize(160);
    assertThat(scene.received()).hasSize(160);
    for (ReceivedRequest request : scene.sentry.requests()) {
      assertThat(request.spans()).hasSize(20);
      assertThat(
              request.spans().stream()
                  .map(s -> String.valueOf(s.text("broadcast.record.id")).substring(0, 2))
                  .distinct())
          .as("batches in one request")
          .hasSize(1);
    }
    assertThat(scene.sentry.malformedPayloads()).isZero();
  }
}
