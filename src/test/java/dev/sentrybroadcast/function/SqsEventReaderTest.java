package dev.sentrybroadcast.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sentrybroadcast.intake.QueuedMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class SqsEventReaderTest {

  private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:generations";

  @Test
  void read_messages_keepsWhatTheQueueSaid() {
    SqsEventReader.Batch batch =
        read(
            """
            {"Other": {"Records": [{}]}, "Records": [
              {"messageId": "m1", "receiptHandle": "handle", "body": "{\\"a\\": 1}",
               "attributes": {"SenderId": "x", "SentTimestamp": "1763640000000",
                "ApproximateReceiveCount": "3", "MessageGroupId": "group"},
               "messageAttributes": {"body": {"stringValue": "no", "binaryListValues": [[1]]}},
               "md5OfBody": "0", "eventSource": "aws:sqs", "eventSourceARN": "%s"},
              {"body": "second", "messageId": "m2"}]}
            """
                .formatted(QUEUE));

    assertThat(batch.messages())
        .containsExactly(
            new QueuedMessage("m1", "{\"a\": 1}", 1_763_640_000_000L, "handle", "group", "x"),
            new QueuedMessage("m2", "second", 0, null, null));
    assertThat(batch.queueArn()).isEqualTo(QUEUE);
  }

  @Test
  void read_emptyRecords_isAnEmptyBatch() {
    SqsEventReader.Batch batch = read("{\"Records\": []}");

    assertThat(batch.messages()).isEmpty();
    assertThat(batch.queueArn()).isNull();
    assertThat(batch.fifo()).isFalse();
  }

  /** Lambda would delete what is not named in the response. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"records\": []}",
        "{\"Records\": null}",
        "{\"Records\": {}}",
        "{\"Records\": \"\"}",
        "{\"Records\": [null]}",
        "{\"Records\": [1]}",
        "{\"Records\": [[]]}",
        "{\"Records\": [{\"messageId\": \"m\"}]"
      })
  void read_noListOfMessages_fails(String event) {
    assertThatThrownBy(() -> read(event))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not an event of SQS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"messageId\": null, \"body\": null, \"attributes\": null, \"receiptHandle\": null}",
        "{\"messageId\": 1, \"body\": {\"a\": [1]}, \"attributes\": [{}], \"x\": [[]]}",
        "{\"attributes\": {\"SentTimestamp\": \"then\", \"ApproximateReceiveCount\": [1]}}"
      })
  void read_messageWithoutWhatItShouldHave_isStillAMessage(String message) {
    assertThat(read("{\"Records\": [" + message + "]}").messages())
        .containsExactly(new QueuedMessage("", "", 0, null, null));
  }

  @Test
  void fifo_isTold_byTheQueuesNameAlone() {
    String fair =
        "{\"attributes\": {\"MessageGroupId\": \"tenant\"}, \"eventSourceARN\": \"" + QUEUE + "\"}";
    String ordered = "{\"eventSourceARN\": \"" + QUEUE + ".fifo\"}";

    assertThat(read("{\"Records\": [" + fair + "]}").fifo()).isFalse();
    assertThat(read("{\"Records\": [" + ordered + "]}").fifo()).isTrue();
  }

  /** NUL is no character of SQS, and read as U+FFFD everywhere. */
  @Test
  void read_bodyOfAnyText_isThatText() {
    StringBuilder all = new StringBuilder();
    for (char c = 1; c < 0x3000; c++) {
      all.append(c).append(c % 7 == 0 ? "\\u0041\uD83D\uDE00\"" : "plain text ");
    }
    ObjectNode event = JsonMapper.shared().createObjectNode();
    event.putArray("Records").addObject().put("body", all.toString()).put("messageId", "m");

    QueuedMessage message = read(event.toString()).messages().getFirst();

    assertThat(message.body().equals(all.toString())).isTrue();
    assertThat(message.messageId()).isEqualTo("m");
  }

  @Test
  void read_eventWithSpaceAndEscapesAnywhere_isReadAsAnyParserReadsIt() {
    Random random = new Random(7);
    String[] texts = {"plain", "a \"quote\"", "back\\slash", "é東\uD83D\uDE00\n\t", "", "{}[],:"};
    for (int i = 0; i < 2_000; i++) {
      ObjectNode record = JsonMapper.shared().createObjectNode();
      record.put("other", random.nextDouble()).put("flag", true).putNull("none");
      String id = texts[random.nextInt(texts.length)];
      String body = texts[random.nextInt(texts.length)] + texts[random.nextInt(texts.length)];
      String group = texts[random.nextInt(texts.length)];
      record.put("messageId", id).put("body", body).put("receiptHandle", group);
      record.putObject("attributes").put("x", 1).put("MessageGroupId", group);
      record.putArray("deep").add(texts[random.nextInt(texts.length)]).addObject().put("}", "]");
      ObjectNode event = JsonMapper.shared().createObjectNode();
      event.putArray("Records").add(record).add(record);
      String json = random.nextBoolean() ? event.toString() : event.toPrettyString();

      assertThat(read(json).messages())
          .containsOnly(new QueuedMessage(id, body, 0, group, group))
          .hasSize(2);
    }
  }

  private static SqsEventReader.Batch read(String event) {
    try {
      return SqsEventReader.read(new ByteArrayInputStream(event.getBytes(UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
