package dev.sentrybroadcast.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

final class LocalQueuesTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @SuppressWarnings("NullAway.Init")
  private static LocalQueues queues;

  @BeforeAll
  static void start() {
    queues = LocalQueues.start();
  }

  @AfterAll
  static void stop() {
    queues.close();
  }

  @Test
  void send_thenReceive_sameBodyAndNoMore() {
    QueuePair queue = queues.create("plain", 3, SECOND);

    List<String> ids = queue.sendAll(IntStream.range(0, 25).mapToObj(i -> "body " + i).toList());

    assertThat(Set.copyOf(ids)).hasSize(25);
    assertThat(queue.depth()).isEqualTo(25);
    assertThat(queue.arn()).isEqualTo("arn:aws:sqs:us-east-1:000000000000:plain");
    assertThat(queue.url()).startsWith(queues.endpoint().toString());
  }

  @Test
  void receive_overMaxReceiveCount_movesToDeadLetterQueue() {
    QueuePair queue = queues.create("redriven", 1, SECOND);
    queue.send("poison");
    receive(queue, 0);

    assertThat(receive(queue, 0)).isEmpty();

    assertThat(queue.deadLetters()).isEqualTo(1);
    assertThat(queue.depth()).isZero();
    assertThat(queue.peekDeadLetters()).extracting(Message::body).containsExactly("poison");
    assertThat(queue.deadLetters()).isEqualTo(1);
  }

  @Test
  void fifo_groupInFlight_othersOnly() {
    QueuePair queue = queues.createFifo("ordered", 3, Duration.ofSeconds(30));
    queue.send("a1", "a");
    assertThat(bodies(receive(queue, 30))).containsExactly("a1");
    queue.send("a2", "a");
    queue.send("b1", "b");

    assertThat(bodies(receive(queue, 30))).containsExactly("b1");
    assertThat(queue.isFifo()).isTrue();
  }

  private static Set<String> bodies(List<Message> messages) {
    return messages.stream().map(Message::body).collect(Collectors.toSet());
  }

  private static List<Message> receive(QueuePair queue, int visibility) {
    return queues
        .client()
        .receiveMessage(r ->
            r.queueUrl(queue.url())
                .maxNumberOfMessages(10)
                .visibilityTimeout(visibility)
                .waitTimeSeconds(0))
        .messages();
  }
}
