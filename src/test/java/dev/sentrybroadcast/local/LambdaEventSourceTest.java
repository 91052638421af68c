package dev.sentrybroadcast.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import software.amazon.awssdk.services.sqs.model.Message;

final class LambdaEventSourceTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofSeconds(15);

  @SuppressWarnings("NullAway.Init")
  private static LocalQueues queues;

  private final Queue<SQSEvent> events = new ConcurrentLinkedQueue<>();
  private @Nullable LambdaEventSource source;

  @BeforeAll
  static void start() {
    queues = LocalQueues.start();
  }

  @AfterAll
  static void stop() {
    queues.close();
  }

  @AfterEach
  void close() {
    if (source != null) {
      source.close();
    }
  }

  @Test
  void event_asTheRuntimeGivesIt_allFieldsThere(TestInfo test) {
    QueuePair queue = queue(test, 3);
    queue.send("a body");

    run(queue, _ -> new SQSBatchResponse(List.of()));

    queue.awaitDrained(SOON);
    SQSMessage message = events.element().getRecords().getFirst();
    assertThat(message.getBody()).isEqualTo("a body");
    assertThat(message.getEventSource()).isEqualTo("aws:sqs");
    assertThat(message.getEventSourceArn()).isEqualTo(queue.arn());
    assertThat(message.getAwsRegion()).isEqualTo("us-east-1");
    assertThat(message.getReceiptHandle()).isNotEmpty();
    assertThat(message.getAttributes()).containsEntry("ApproximateReceiveCount", "1");
    assertThat(message.getAttributes().get("SentTimestamp")).matches("\\d{13}");
  }

  @Test
  void partialFailure_deletesTheOthers_redrivesTheFailed(TestInfo test) {
    QueuePair queue = queue(test, 2);
    queue.sendAll(List.of("good 1", "bad", "good 2"));

    LambdaEventSource running =
        run(queue, event -> failing(event, message -> message.getBody().equals("bad")));

    queue.awaitDeadLetters(1, SOON);
    queue.awaitDrained(SOON);
    assertThat(queue.peekDeadLetters()).extracting(Message::body).containsExactly("bad");
    assertThat(running.counts().deleted()).isEqualTo(2);
    assertThat(running.counts().returned()).isEqualTo(2);
  }

  @Test
  void exception_wholeBatchComesBack(TestInfo test) {
    QueuePair queue = queue(test, 5);
    AtomicInteger calls = new AtomicInteger();
    queue.sendAll(List.of("one", "two"));

    LambdaEventSource running =
        run(
            queue,
            _ -> {
              if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("on purpose");
              }
              return new SQSBatchResponse(List.of());
            });

    running.awaitDeleted(2, SOON);
    assertThat(running.counts().exceptions()).isEqualTo(1);
    queue.awaitDrained(SOON);
  }

  @Test
  void unknownIdentifier_wholeBatchComesBack(TestInfo test) {
    QueuePair queue = queue(test, 1);
    queue.sendAll(List.of("one", "two"));

    run(queue, _ -> new SQSBatchResponse(List.of(new BatchItemFailure("no such message"))));

    queue.awaitDeadLetters(2, SOON);
  }

  @Test
  void nullList_allDeleted(TestInfo test) {
    QueuePair queue = queue(test, 3);
    queue.sendAll(List.of("one", "two"));

    run(queue, _ -> new SQSBatchResponse());

    queue.awaitDrained(SOON);
    assertThat(queue.deadLetters()).isZero();
  }

  @Test
  void timeout_wholeBatchComesBack_newEnvironment(TestInfo test) {
    QueuePair queue = queue(test, 5);
    queue.send("slow once");
    AtomicInteger environments = new AtomicInteger();
    CountDownLatch never = new CountDownLatch(1);
    LambdaEventSource running =
        LambdaEventSource.start(
            queues,
            queue,
            () -> {
              boolean first = environments.incrementAndGet() == 1;
              return new TypedHandler((_, context) -> {
                assertThat(context.getRemainingTimeInMillis()).isBetween(1, 1000);
                if (first) {
                  await(never);
                }
                return new SQSBatchResponse(List.of());
              });
            },
            EventSourceSettings.DEFAULTS.withFunctionTimeout(SECOND),
            _ -> {});
    source = running;

    running.awaitDeleted(1, SOON);

    assertThat(running.counts().timeouts()).isEqualTo(1);
    assertThat(environments.get()).isEqualTo(2);
  }

  @Test
  void window_fillsTheBatch(TestInfo test) {
    QueuePair queue = queue(test, 3);
    queue.sendAll(IntStream.range(0, 25).mapToObj(i -> "body " + i).toList());

    LambdaEventSource running =
        LambdaEventSource.start(
            queues,
            queue,
            () -> recording(_ -> new SQSBatchResponse(List.of())),
            EventSourceSettings.DEFAULTS.withBatch(20, SECOND),
            _ -> {});
    source = running;

    running.awaitDeleted(25, SOON);
    assertThat(events.element().getRecords()).hasSize(20);
    assertThatThrownBy(() -> EventSourceSettings.DEFAULTS.withBatch(20, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void payloadOverSixMegabytes_batchIsCut(TestInfo test) {
    QueuePair queue = queue(test, 3);
    String large = "x".repeat(1_000_000);
    queue.sendAll(IntStream.range(0, 8).mapToObj(i -> large + i).toList());

    LambdaEventSource running = run(queue, _ -> new SQSBatchResponse(List.of()));

    running.awaitDeleted(8, SOON);
    assertThat(events).allMatch(event -> event.getRecords().size() <= 6);
  }

  @Test
  void fifo_oneBatchOfAGroupInFlight_inOrder(TestInfo test) {
    QueuePair queue =
        queues.createFifo(test.getTestMethod().orElseThrow().getName(), 3, Duration.ofSeconds(30));
    for (int i = 0; i < 30; i++) {
      queue.send("g" + i % 2 + " " + i, "g" + i % 2);
    }
    List<AtomicInteger> inFlight = List.of(new AtomicInteger(), new AtomicInteger());
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    AtomicInteger most = new AtomicInteger();

    LambdaEventSource running =
        LambdaEventSource.start(
            queues,
            queue,
            () ->
                new TypedHandler((event, _) -> {
                  List<AtomicInteger> groups =
                      event.getRecords().stream()
                          .map(message -> inFlight.get(message.getBody().charAt(1) - '0'))
                          .distinct()
                          .toList();
                  for (AtomicInteger group : groups) {
                    most.accumulateAndGet(group.incrementAndGet(), Math::max);
                  }
                  event.getRecords().forEach(message -> seen.add(message.getBody()));
                  groups.forEach(AtomicInteger::decrementAndGet);
                  return new SQSBatchResponse(List.of());
                }),
            EventSourceSettings.DEFAULTS.withBatch(3, Duration.ZERO).withConcurrency(3),
            _ -> {});
    source = running;

    running.awaitDeleted(30, SOON);
    assertThat(most.get()).isEqualTo(1);
    for (int group = 0; group < 2; group++) {
      String prefix = "g" + group + " ";
      List<Integer> order =
          seen.stream()
              .filter(body -> body.startsWith(prefix))
              .map(body -> Integer.parseInt(body.substring(3)))
              .toList();
      assertThat(order).hasSize(15).isSorted();
    }
  }

  private LambdaEventSource run(QueuePair queue, Answer answer) {
    LambdaEventSource running = LambdaEventSource.start(queues, queue, recording(answer));
    source = running;
    return running;
  }

  private TypedHandler recording(Answer answer) {
    return new TypedHandler((event, _) -> {
      events.add(event);
      return answer.to(event);
    });
  }

  private static SQSBatchResponse failing(
      SQSEvent event, java.util.function.Predicate<SQSMessage> bad) {
    List<BatchItemFailure> failures = new ArrayList<>();
    for (SQSMessage message : event.getRecords()) {
      if (bad.test(message)) {
        failures.add(new BatchItemFailure(message.getMessageId()));
      }
    }
    return new SQSBatchResponse(failures);
  }

  private static QueuePair queue(TestInfo test, int maxReceiveCount) {
    return queues.create(test.getTestMethod().orElseThrow().getName(), maxReceiveCount, SECOND);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** The function under the event source. */
  private interface Answer {
    SQSBatchResponse to(SQSEvent event);
  }
}
