package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.local.LocalQueues;
import dev.sentrybroadcast.local.QueuePair;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

final class SqsQueueTest {

  private static LocalQueues queues;

  @BeforeAll
  static void startQueues() {
    queues = LocalQueues.start();
  }

  @AfterAll
  static void stopQueues() {
    queues.close();
  }

  @Test
  void hide_moreThanOneRequestHolds_hidesThemAll() {
    QueuePair queue = queues.create("hidden", 5, Duration.ofSeconds(30));
    queue.sendAll(IntStream.range(0, 23).mapToObj(Integer::toString).toList());
    List<QueuedMessage> received = receive(queue, 23);

    InvocationContext context = hide(queues.endpoint(), queue.arn(), received, 60_000, 0);

    // Hidden for no time at all is visible again at once: the one change that needs no waiting.
    assertThat(context.lines()).isEmpty();
    assertThat(visible(queue)).isEqualTo(23);
  }

  @Test
  void hide_handleThatIsNone_saysTheKindAndFailsNothing() {
    QueuePair queue = queues.create("refused", 5, Duration.ofSeconds(30));

    InvocationContext context =
        hide(queues.endpoint(), queue.arn(), List.of(message("no-handle")), 60_000, 5);

    assertThat(context.lines()).hasSize(1);
    assertThat(context.lines().getFirst()).contains("1 messages not hidden");
  }

  @Test
  void hide_oneHandleInvalid_hidesAllOthersAndLogsHowManyFailed() {
    QueuePair queue = queues.create("one-refused", 5, Duration.ofSeconds(30));
    queue.sendAll(IntStream.range(0, 23).mapToObj(Integer::toString).toList());
    List<QueuedMessage> received = receive(queue, 23);
    received.set(4, message("no-handle"));

    InvocationContext context = hide(queues.endpoint(), queue.arn(), received, 60_000, 0);

    assertThat(visible(queue)).isEqualTo(22);
    assertThat(context.lines()).hasSize(1);
    assertThat(context.lines().getFirst())
        .contains("1 messages not hidden: [ReceiptHandleIsInvalid]");
  }

  @Test
  void hide_nobodyThere_saysTheKindAndFailsNothing() {
    InvocationContext context =
        hide(
            URI.create("http://127.0.0.1:1"),
            "arn:aws:sqs:us-east-1:000000000000:q",
            List.of(message("handle")),
            60_000,
            5);

    assertThat(context.lines()).hasSize(1);
    assertThat(context.lines().getFirst())
        .contains("1 messages not hidden: [SdkClientException by ConnectException]");
  }

  @Test
  void hide_littleTimeLeft_asksNothing() {
    InvocationContext context =
        hide(
            URI.create("http://127.0.0.1:1"),
            "arn:aws:sqs:us-east-1:000000000000:q",
            List.of(message("handle")),
            1_000,
            5);

    assertThat(context.lines().getFirst()).contains("too little time left");
  }

  @Test
  void hide_noQueueInTheEvent_asksNothing() {
    InvocationContext context =
        hide(queues.endpoint(), null, List.of(message("handle")), 60_000, 5);

    assertThat(context.lines().getFirst()).contains("the event names no queue");
  }

  private static InvocationContext hide(
      URI endpoint,
      @Nullable String queueArn,
      List<QueuedMessage> messages,
      int remainingMillis,
      int seconds) {
    InvocationContext context = new InvocationContext(remainingMillis);
    InvocationLog log = InvocationLog.of(context, Settings.from(Map.of()), InstantSource.system());
    SqsQueue queue =
        new SqsQueue(() -> TestClients.at(AwsClients.with(SqsClient.builder()), endpoint).build());
    ScopedValue.where(
            Invocation.CURRENT, new Invocation(log, context::getRemainingTimeInMillis, queueArn))
        .run(() -> queue.hide(messages, Duration.ofSeconds(seconds)));
    return context;
  }

  private static QueuedMessage message(String handle) {
    return new QueuedMessage("m", "{}", 0, handle, null);
  }

  private static List<QueuedMessage> receive(QueuePair queue, int count) {
    List<QueuedMessage> received = new ArrayList<>();
    while (received.size() < count) {
      List<Message> messages =
          queues
              .client()
              .receiveMessage(r -> r.queueUrl(queue.url()).maxNumberOfMessages(10))
              .messages();
      for (Message message : messages) {
        received.add(
            new QueuedMessage(
                message.messageId(), message.body(), 0, message.receiptHandle(), null));
      }
    }
    return received;
  }

  private static int visible(QueuePair queue) {
    return Integer.parseInt(
        queues
            .client()
            .getQueueAttributes(r ->
                r.queueUrl(queue.url())
                    .attributeNames(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES))
            .attributes()
            .get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES));
  }
}
