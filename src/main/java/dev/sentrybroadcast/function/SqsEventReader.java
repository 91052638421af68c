package dev.sentrybroadcast.function;

import dev.sentrybroadcast.intake.JsonCursor;
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

  private static final MessageBody NO_BODY = MessageBody.of("");

  private final JsonCursor event;
  private final List<QueuedMessage> messages = new ArrayList<>();
  private @Nullable String queueArn;

  private SqsEventReader(JsonCursor event) {
    this.event = event;
  }

  /**
   * The messages, in order.
   *
   * @throws IllegalArgumentException if it is no such event; it never quotes one
   */
  static QueueBatch read(InputStream event) throws IOException {
    SqsEventReader reader = new SqsEventReader(new JsonCursor(event.readAllBytes()));
    try {
      reader.records();
    } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
      throw new IllegalArgumentException("not an event of SQS");
    }
    return new QueueBatch(reader.messages, reader.queueArn);
  }

  private void records() {
    if (!event.enterObject()) {
      throw new IllegalArgumentException();
    }
    while (event.nextField()) {
      if (!event.name().equals("Records")) {
        event.skip();
      } else if (event.enterArray()) {
        while (event.nextElement()) {
          if (event.enterObject()) {
            message();
          }
        }
      }
    }
  }

  /** Whatever is missing: a message that must be returned without an id fails the whole batch. */
  private void message() {
    String id = null;
    MessageBody body = NO_BODY;
    String receiptHandle = null;
    long sentEpochMillis = 0;
    String group = null;
    while (event.nextField()) {
      switch (event.name()) {
        case "messageId" -> id = text();
        case "receiptHandle" -> receiptHandle = text();
        case "body" -> {
          if (event.isText()) {
            body = event.body();
          } else {
            event.skip();
          }
        }
        case "eventSourceARN" -> {
          String arn = text();
          queueArn = queueArn == null ? arn : queueArn;
        }
        case "attributes" -> {
          if (event.enterObject()) {
            while (event.nextField()) {
              switch (event.name()) {
                case "SentTimestamp" -> sentEpochMillis = epochMillis(text());
                case "MessageGroupId" -> group = text();
                default -> event.skip();
              }
            }
          }
        }
        default -> event.skip();
      }
    }
    messages.add(
        new QueuedMessage(id == null ? "" : id, body, sentEpochMillis, receiptHandle, group));
  }

  private @Nullable String text() {
    if (event.isText()) {
      return event.text();
    }
    event.skip();
    return null;
  }

  /** 0 where there is no number. */
  private static long epochMillis(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
