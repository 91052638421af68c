package dev.sentrybroadcast.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.local.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Objects of several slices: what becomes of their messages, and that nothing is lost. */
final class ObjectDeliveryTest {

  /** Two slices of 1,000 records and one of 500. */
  private static final int LINES = 2_500;

  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  private static String line(int number) {
    return "{\"id\":\"r%d\",\"model\":\"m\",\"usage\":{\"prompt_tokens\":1}}\n".formatted(number);
  }

  private static String lines(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(ObjectDeliveryTest::line)
        .collect(Collectors.joining());
  }

  private static List<String> ids(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> "r" + i).toList();
  }

  /** The messages that were put on the queue, and no others. */
  private List<QueuedMessage> takeContinued() {
    List<QueuedMessage> messages = new ArrayList<>();
    scene
        .continued
        .keySet()
        .forEach(body -> messages.add(scene.ofBody("c" + messages.size(), body)));
    scene.continued.clear();
    return messages;
  }

  @Test
  void largeObject_isReadOnce_andDone() {
    BatchReport report = scene.deliver(scene.ofObject("m", "a.jsonl", lines(1, LINES)));

    assertThat(report.returned()).isEmpty();
    assertThat(scene.received()).containsExactlyElementsOf(ids(1, LINES));
    assertThat(scene.continued).isEmpty();
    assertThat(report.count(Counter.OBJECTS)).isOne();
  }

  @Test
  void smallObjects_shareARequest() {
    QueuedMessage[] messages =
        IntStream.rangeClosed(1, 50)
            .mapToObj(i -> scene.ofObject("m" + i, "k" + i, line(i)))
            .toArray(QueuedMessage[]::new);

    assertThat(scene.deliver(messages).returned()).isEmpty();
    assertThat(scene.receivedOnce()).hasSize(50);
    assertThat(scene.sentry.attempts()).isOne();
  }

  @Test
  void timeOver_theRestIsContinuedFromWhereItStopped_untilAllIsDelivered() {
    QueuedMessage first = scene.ofObject("m", "a.jsonl", lines(1, LINES));
    List<QueuedMessage> queue = new ArrayList<>(List.of(first));
    int invocations = 0;

    while (!queue.isEmpty()) {
      invocations++;
      scene.sentry.replyBy(_ -> {
        scene.time.advance(Duration.ofSeconds(12));
        return new Reply.AsRelay();
      });
      assertThat(scene.deliver(Duration.ofSeconds(25), queue.removeFirst()).returned()).isEmpty();
      queue.addAll(takeContinued());
    }

    assertThat(invocations).isEqualTo(3);
    assertThat(scene.received()).containsExactlyElementsOf(ids(1, LINES));
  }

  @Test
  void rateLimitOnTheWay_whatIsLeftWaits_andWhatWasAcceptedIsNotSentAgain() {
    scene.sentry.replyNext(
        new Reply.AsRelay(), new Reply.Refusal(429, Map.of("retry-after", "120")));

    BatchReport report = scene.deliver(scene.ofObject("m", "a.jsonl", lines(1, LINES)));

    assertThat(report.returned()).isEmpty();
    assertThat(scene.received()).containsExactlyElementsOf(ids(1, 1_000));
    assertThat(scene.continued.values()).containsExactly(Duration.ofMinutes(2));
    scene.time.advance(Duration.ofSeconds(121));
    scene.sentry.replyAsRelay();
    assertThat(scene.deliver(takeContinued().getFirst()).returned()).isEmpty();
    assertThat(scene.received()).containsExactlyElementsOf(ids(1, LINES));
  }

  @Test
  void rateLimitAtTheStart_theMessageIsReturnedAndHidden() {
    scene.sentry.replyNext(new Reply.Refusal(429, Map.of("retry-after", "120")));

    BatchReport report = scene.deliver(scene.ofObject("m", "a.jsonl", lines(1, LINES)));

    assertThat(Scene.reasons(report)).isEqualTo(Map.of("m", Reason.RATE_LIMITED));
    assertThat(scene.hidden).containsOnlyKeys("m");
    assertThat(scene.continued).isEmpty();
  }

  @Test
  void queueThatTakesNothing_theMessageIsReturned() {
    scene.continuationsFail = true;
    scene.sentry.replyNext(
        new Reply.AsRelay(), new Reply.Refusal(429, Map.of("retry-after", "120")));

    BatchReport report = scene.deliver(scene.ofObject("m", "a.jsonl", lines(1, LINES)));

    assertThat(Scene.reasons(report)).isEqualTo(Map.of("m", Reason.RATE_LIMITED));
  }

  @Test
  void badLines_othersAreDelivered_andTheMessageIsReturnedWithTheNumber() {
    String content = line(1) + "{\"model\":\"cut\n" + line(3) + "\n" + line(5);

    BatchReport report = scene.deliver(scene.ofObject("m", "a.jsonl", content));

    assertThat(report.returned())
        .singleElement()
        .satisfies(returned -> {
          assertThat(returned.reason()).isEqualTo(Reason.MALFORMED);
          assertThat(returned.detail()).startsWith("malformed: line 2: expected JSON");
        });
    assertThat(scene.received()).containsExactly("r1", "r3", "r5");
  }

  @Test
  void badLineInAnObjectThatIsSplit_isReturnedAlone_andTheRestGoesOn() {
    String content = line(1) + "no JSON\n" + lines(3, LINES);
    QueuedMessage first = scene.ofObject("m", "a.jsonl", content);
    scene.sentry.replyNext(
        new Reply.AsRelay(), new Reply.Refusal(429, Map.of("retry-after", "120")));

    assertThat(scene.deliver(first).returned()).isEmpty();
    scene.time.advance(Duration.ofSeconds(121));
    scene.sentry.replyAsRelay();
    List<QueuedMessage> parts = takeContinued();
    assertThat(parts).hasSize(2);
    BatchReport rest = scene.deliver(parts.get(0));
    BatchReport bad = scene.deliver(parts.get(1));

    assertThat(rest.returned()).isEmpty();
    assertThat(Scene.reasons(bad)).containsValue(Reason.MALFORMED);
    assertThat(takeContinued()).as("no copies of the rest").isEmpty();
    TreeSet<String> expected = new TreeSet<>(ids(3, LINES));
    expected.add("r1");
    assertThat(scene.receivedOnce()).isEqualTo(expected);
  }

  @Test
  void array_isContinuedByItsElement() {
    String array = "[" + lines(1, LINES).strip().replace("\n", ",\n") + "]";
    scene.sentry.replyNext(
        new Reply.AsRelay(), new Reply.Refusal(429, Map.of("retry-after", "120")));

    assertThat(scene.deliver(scene.ofObject("m", "a.json", array)).returned()).isEmpty();
    scene.time.advance(Duration.ofSeconds(121));
    scene.sentry.replyAsRelay();
    assertThat(scene.deliver(takeContinued().getFirst()).returned()).isEmpty();

    assertThat(scene.received()).containsExactlyElementsOf(ids(1, LINES));
  }

  @Test
  void missingObject_isReturned_andOthersGoOn() {
    QueuedMessage missing = scene.ofObject("m1", "a", line(1));
    scene.objects.remove("a");

    BatchReport report =
        scene.deliver(missing, scene.ofObject("m2", "b", line(2)), scene.ofBody("m3", line(3)));

    assertThat(Scene.reasons(report)).isEqualTo(Map.of("m1", Reason.SOURCE_UNAVAILABLE));
    assertThat(scene.receivedOnce()).containsExactly("r2", "r3");
  }

  @Test
  void severalObjectsOfAMessage_oneMissing_returnsIt() {
    scene.ofObject("m", "a", line(1));
    String records =
        "{\"Records\":[{\"s3\":{\"bucket\":{\"name\":\"bucket\"},\"object\":{\"key\":\"a\"}}},"
            + "{\"s3\":{\"bucket\":{\"name\":\"bucket\"},\"object\":{\"key\":\"b\"}}}]}";

    BatchReport report = scene.deliver(scene.ofBody("m", records));

    assertThat(Scene.reasons(report)).isEqualTo(Map.of("m", Reason.SOURCE_UNAVAILABLE));
    assertThat(scene.receivedOnce()).containsExactly("r1");
  }

  @Test
  void manyObjectsOfAMessage_thatTakeLongerThanAnInvocation_getThrough() {
    String objects =
        IntStream.rangeClosed(1, 8)
            .mapToObj(i -> {
              scene.ofObject("", "k" + i, lines(i * 1_000 - 999, i * 1_000));
              return "{\"s3\":{\"bucket\":{\"name\":\"bucket\"},\"object\":{\"key\":\"k%d\"}}}"
                  .formatted(i);
            })
            .collect(Collectors.joining(","));
    List<QueuedMessage> queue =
        new ArrayList<>(List.of(scene.ofBody("m", "{\"Records\":[" + objects + "]}")));
    scene.sentry.replyBy(_ -> {
      scene.time.advance(Duration.ofSeconds(4));
      return new Reply.AsRelay();
    });

    while (!queue.isEmpty()) {
      assertThat(scene.deliver(Duration.ofSeconds(20), queue.removeFirst()).returned()).isEmpty();
      queue.addAll(takeContinued());
    }

    assertThat(scene.received()).containsExactlyInAnyOrderElementsOf(ids(1, 8_000));
  }

  @Test
  void littleTime_noObjectIsOpened() {
    BatchReport report = scene.deliver(Duration.ofSeconds(4), scene.ofObject("m", "a", line(1)));

    assertThat(Scene.reasons(report)).isEqualTo(Map.of("m", Reason.OUT_OF_TIME));
    assertThat(scene.opened).isZero();
  }

  @Test
  void fifoQueue_objectIsNotSplit() {
    scene.sentry.replyNext(
        new Reply.AsRelay(), new Reply.Refusal(429, Map.of("retry-after", "120")));

    BatchReport report = scene.deliverInOrder(scene.ofObject("m", "a.jsonl", lines(1, LINES)));

    assertThat(Scene.reasons(report)).isEqualTo(Map.of("m", Reason.RATE_LIMITED));
    assertThat(scene.continued).isEmpty();
  }
}
