package dev.sentrybroadcast.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.sentrybroadcast.intake.QueuedMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the event of an SQS event source mapping. The runtime's own reader would add about 0.4 of
 * an empty handler's cold start (docs/performance.md).
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Example event</a>
 */
final class SqsEventReader {

  private static final JsonFactory JSON = new JsonFactory();
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
    try (JsonParser json = JSON.createParser(event)) {
      json.nextToken();
      if (read(json) instanceof Map<?, ?> root
          && root.get("Records") instanceof List<?> records
          && records.stream().allMatch(Map.class::isInstance)) {
        return batch(records.stream().<Map<?, ?>>map(Map.class::cast).toList());
      }
      throw new IllegalArgumentException("not an event of SQS: it has no list of Records");
    } catch (JsonProcessingException _) {
      throw new IllegalArgumentException("not an event of SQS: it is not valid JSON");
    }
  }

  private static Batch batch(List<Map<?, ?>> records) {
    return new Batch(
        records.stream().map(SqsEventReader::message).toList(),
        records.isEmpty() ? null : text(records.getFirst(), "eventSourceARN"));
  }

  /** Missing fields are tolerated. If a message without an id fails, Lambda retries the batch. */
  private static QueuedMessage message(Map<?, ?> fields) {
    String id = text(fields, "messageId");
    String body = text(fields, "body");
    Map<?, ?> attributes = fields.get("attributes") instanceof Map<?, ?> map ? map : Map.of();
    return new QueuedMessage(
        id == null ? "" : id,
        body == null ? "" : body,
        epochMillis(text(attributes, "SentTimestamp")),
        text(fields, "receiptHandle"),
        text(attributes, "MessageGroupId"),
        text(attributes, "SenderId"));
  }

  private static @Nullable String text(Map<?, ?> fields, String name) {
    return fields.get(name) instanceof String text ? text : null;
  }

  /** Returns 0 for text that is not a number. */
  private static long epochMillis(@Nullable String text) {
    return text != null && MILLIS.matcher(text).matches() ? Long.parseLong(text) : 0;
  }

  /** Reads objects, arrays and strings; null in place of any other value. */
  private static @Nullable Object read(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> fields = new HashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
          json.nextToken();
          fields.put(name, read(json));
        }
        yield fields;
      }
      case START_ARRAY -> {
        List<@Nullable Object> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          elements.add(read(json));
        }
        yield elements;
      }
      case VALUE_STRING -> json.getText();
      case null, default -> null;
    };
  }
}
