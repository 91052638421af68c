package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.sentrybroadcast.intake.QueuedMessage;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class QueueBatchTest {

  @Test
  void of_message_keepsWhatTheQueueSaid() {
    SQSEvent.SQSMessage message = message("m1", "arn:aws:sqs:us-east-1:000000000000:generations");
    message.setBody("{}");
    message.setReceiptHandle("handle");
    message.setAttributes(
        Map.of(
            "SentTimestamp", "1763640000000",
            "ApproximateReceiveCount", "3",
            "MessageGroupId", "group"));

    QueueBatch batch = QueueBatch.of(event(message));

    assertThat(batch.messages())
        .containsExactly(new QueuedMessage("m1", "{}", 1_763_640_000_000L, 3, "handle", "group"));
    assertThat(batch.queueArn()).isEqualTo("arn:aws:sqs:us-east-1:000000000000:generations");
  }

  @Test
  void of_nothing_isEmpty() {
    assertThat(QueueBatch.of(null).messages()).isEmpty();
    assertThat(QueueBatch.of(new SQSEvent()).messages()).isEmpty();
    assertThat(QueueBatch.of(event((SQSEvent.SQSMessage) null)).messages()).isEmpty();
  }

  @Test
  void of_messageWithoutAnything_isStillAMessage() {
    assertThat(QueueBatch.of(event(new SQSEvent.SQSMessage())).messages())
        .containsExactly(new QueuedMessage("", "", 0, 1, null, null));
  }

  @Test
  void of_numbersThatAreNone_fallsBack() {
    SQSEvent.SQSMessage message = message("m1", null);
    message.setAttributes(Map.of("SentTimestamp", "then", "ApproximateReceiveCount", "often"));

    assertThat(QueueBatch.of(event(message)).messages())
        .containsExactly(new QueuedMessage("m1", "", 0, 1, null, null));
  }

  @Test
  void fifo_isTold_byTheQueuesNameAlone() {
    String queue = "arn:aws:sqs:us-east-1:000000000000:generations";
    SQSEvent.SQSMessage fair = message("m1", queue);
    fair.setAttributes(Map.of("MessageGroupId", "tenant"));

    assertThat(QueueBatch.of(event(fair)).fifo()).isFalse();
    assertThat(QueueBatch.of(event(message("m1", queue + ".fifo"))).fifo()).isTrue();
    assertThat(QueueBatch.of(event(message("m1", null))).fifo()).isFalse();
  }

  @SuppressWarnings("NullAway") // The event's beans may be null anywhere.
  private static SQSEvent.SQSMessage message(String id, @Nullable String arn) {
    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
    message.setMessageId(id);
    message.setEventSourceArn(arn);
    return message;
  }

  @SuppressWarnings("NullAway") // As above.
  private static SQSEvent event(SQSEvent.@Nullable SQSMessage... messages) {
    SQSEvent event = new SQSEvent();
    event.setRecords(Arrays.asList(messages));
    return event;
  }
}
