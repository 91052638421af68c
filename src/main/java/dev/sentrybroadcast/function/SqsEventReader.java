package dev.sentrybroadcast.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.sentrybroadcast.intake.MessageBody;
import dev.sentrybroadcast.intake.QueuedMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the event of an SQS event source mapping, in one pass and in place: the runtime's own
 * reading makes beans and texts of what is looked at once (docs/performance.md).
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Example event</a>
 */
final class SqsEventReader {

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private static final MessageBody NO_BODY = MessageBody.of("");

  private final byte[] event;
  private final JsonParser parser;
  private final List<QueuedMessage> messages = new ArrayList<>();
  private @Nullable String queueArn;

  private SqsEventReader(byte[] event, JsonParser parser) {
    this.event = event;
    this.parser = parser;
  }

  /**
   * The messages, in order.
   *
   * @throws IllegalArgumentException if it is no such event; it never quotes one
   */
  static QueueBatch read(InputStream event) throws IOException {
    byte[] bytes = event.readAllBytes();
    try (JsonParser parser = JSON.createParser(bytes)) {
      SqsEventReader reader = new SqsEventReader(bytes, parser);
      reader.records();
      return new QueueBatch(reader.messages, reader.queueArn);
    } catch (IOException _) {
      // Its message may quote the event, and the runtime would log it.
      throw new IllegalArgumentException("not an event of SQS: it is no JSON");
    }
  }

  private void records() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("not an event of SQS: it is no object");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean records = parser.currentName().equals("Records");
      JsonToken value = parser.nextToken();
      if (!records || value != JsonToken.START_ARRAY) {
        parser.skipChildren();
        continue;
      }
      for (value = parser.nextToken(); value != JsonToken.END_ARRAY; value = parser.nextToken()) {
        if (value == JsonToken.START_OBJECT) {
          message();
        } else {
          parser.skipChildren();
        }
      }
    }
  }

  /** Whatever is missing: a message that must be returned without an id fails the whole batch. */
  private void message() throws IOException {
    String id = "";
    int bodyStart = -1;
    String receiptHandle = null;
    long sentEpochMillis = 0;
    int receiveCount = 1;
    String group = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (field) {
        case "messageId" -> id = orEmpty(text(value));
        case "receiptHandle" -> receiptHandle = text(value);
        case "body" -> bodyStart = value == JsonToken.VALUE_STRING ? start() : -1;
        case "eventSourceARN" -> queueArn = queueArn == null ? text(value) : queueArn;
        case "attributes" -> {
          while (value == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.FIELD_NAME) {
            String attribute = parser.currentName();
            JsonToken given = parser.nextToken();
            switch (attribute) {
              case "SentTimestamp" -> sentEpochMillis = number(text(given), 0);
              case "ApproximateReceiveCount" -> receiveCount = (int) number(text(given), 1);
              case "MessageGroupId" -> group = text(given);
              default -> parser.skipChildren();
            }
          }
        }
        default -> parser.skipChildren();
      }
    }
    // Only now: the parser must be past what is overwritten.
    MessageBody body = bodyStart < 0 ? NO_BODY : MessageBody.unescape(event, bodyStart);
    messages.add(new QueuedMessage(id, body, sentEpochMillis, receiveCount, receiptHandle, group));
  }

  /** Of the text that the parser is at, behind its quote. */
  private int start() {
    return (int) parser.currentTokenLocation().getByteOffset() + 1;
  }

  private @Nullable String text(JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    parser.skipChildren();
    return null;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static long number(@Nullable String text, long fallback) {
    if (text == null) {
      return fallback;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      return fallback;
    }
  }
}
