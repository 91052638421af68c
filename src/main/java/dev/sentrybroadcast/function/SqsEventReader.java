package dev.sentrybroadcast.function;

import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonReader;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the event of an SQS event source mapping. The runtime's own reader would add about 0.4 of
 * an empty handler's cold start (docs/performance.md).
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Example event</a>
 */
final class SqsEventReader {

  private static final Pattern MILLIS = Pattern.compile("\\d{1,15}");

  private SqsEventReader() {}

  /**
   * The messages of one event.
   *
   * @param queueArn null if no message names its queue
   */
  record Batch(List<QueuedMessage> messages, @Nullable String queueArn) {

    /** Decided by the queue's name: messages of a standard queue can have a group, too. */
    boolean fifo() {
      return queueArn != null && queueArn.endsWith(".fifo");
    }
  }

  /**
   * Reads the messages, in order.
   *
   * @throws IllegalArgumentException if the event is not one of SQS. It must not count as success:
   *     Lambda would delete the messages. The text of the exception quotes nothing
   */
  static Batch read(InputStream event) throws IOException {
    JsonValue root = root(event.readAllBytes());
    if (!(JsonObject.of(root).get("Records") instanceof JsonValue.Array(List<JsonValue> records))
        || !records.stream().allMatch(JsonValue::isObject)) {
      throw new IllegalArgumentException("not an event of SQS: it has no list of Records");
    }
    List<JsonObject> messages = records.stream().map(JsonObject::of).toList();
    return new Batch(
        messages.stream().map(SqsEventReader::message).toList(),
        messages.isEmpty() ? null : messages.getFirst().text("eventSourceARN"));
  }

  private static @Nullable JsonValue root(byte[] event) {
    try {
      return JsonReader.read(event);
    } catch (IOException _) {
      throw new IllegalArgumentException("not an event of SQS: it is not valid JSON");
    }
  }

  /** Missing fields are tolerated. If a message without an id fails, Lambda retries the batch. */
  private static QueuedMessage message(JsonObject fields) {
    String id = fields.text("messageId");
    String body = fields.text("body");
    JsonObject attributes = fields.object("attributes");
    return new QueuedMessage(
        id == null ? "" : id,
        body == null ? "" : body,
        epochMillis(attributes.text("SentTimestamp")),
        fields.text("receiptHandle"),
        attributes.text("MessageGroupId"),
        attributes.text("SenderId"));
  }

  /** Returns 0 for text that is not a number. */
  private static long epochMillis(@Nullable String text) {
    return text != null && MILLIS.matcher(text).matches() ? Long.parseLong(text) : 0;
  }
}
