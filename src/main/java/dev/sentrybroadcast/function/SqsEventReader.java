package dev.sentrybroadcast.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.sentrybroadcast.intake.QueuedMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the event of an SQS event source mapping.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Example event</a>
 */
final class SqsEventReader {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonParser event;
  private final List<QueuedMessage> messages = new ArrayList<>();
  private @Nullable String queueArn;

  private SqsEventReader(JsonParser event) {
    this.event = event;
  }

  /**
   * The messages, in order.
   *
   * @throws IllegalArgumentException if it is not such an event; it never quotes the event
   */
  static QueueBatch read(InputStream event) throws IOException {
    try (JsonParser parser = FACTORY.createParser(event)) {
      SqsEventReader reader = new SqsEventReader(parser);
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("not an event of SQS");
      }
      reader.records();
      return new QueueBatch(reader.messages, reader.queueArn);
    } catch (JsonProcessingException _) {
      throw new IllegalArgumentException("not an event of SQS");
    }
  }

  private void records() throws IOException {
    while (event.nextToken() == JsonToken.FIELD_NAME) {
      String name = event.currentName();
      if (event.nextToken() != JsonToken.START_ARRAY || !name.equals("Records")) {
        event.skipChildren();
        continue;
      }
      while (event.nextToken() != JsonToken.END_ARRAY) {
        if (event.currentToken() == JsonToken.START_OBJECT) {
          message();
        } else {
          event.skipChildren();
        }
      }
    }
  }

  /** A message without an id is kept: returning it fails the whole batch. */
  private void message() throws IOException {
    String id = null;
    String body = null;
    String receiptHandle = null;
    String sentTimestamp = null;
    String group = null;
    while (event.nextToken() == JsonToken.FIELD_NAME) {
      switch (event.currentName()) {
        case "messageId" -> id = text();
        case "receiptHandle" -> receiptHandle = text();
        case "body" -> body = text();
        case "eventSourceARN" -> {
          String arn = text();
          queueArn = queueArn == null ? arn : queueArn;
        }
        case "attributes" -> {
          if (event.nextToken() != JsonToken.START_OBJECT) {
            event.skipChildren();
            continue;
          }
          while (event.nextToken() == JsonToken.FIELD_NAME) {
            switch (event.currentName()) {
              case "SentTimestamp" -> sentTimestamp = text();
              case "MessageGroupId" -> group = text();
              default -> text();
            }
          }
        }
        default -> text();
      }
    }
    messages.add(
        new QueuedMessage(
            id == null ? "" : id,
            body == null ? "" : body,
            epochMillis(sentTimestamp),
            receiptHandle,
            group));
  }

  /** The value that is next; null, and past it, if it is not a text. */
  private @Nullable String text() throws IOException {
    if (event.nextToken() == JsonToken.VALUE_STRING) {
      return event.getText();
    }
    event.skipChildren();
    return null;
  }

  /** 0 where there is no number. */
  private static long epochMillis(@Nullable String text) {
    try {
      return text == null ? 0 : Long.parseLong(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
