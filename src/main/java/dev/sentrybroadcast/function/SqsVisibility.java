package dev.sentrybroadcast.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sentrybroadcast.delivery.Visibility;
import dev.sentrybroadcast.destination.SignedJsonCalls;
import dev.sentrybroadcast.destination.SignedJsonCalls.Answer;
import dev.sentrybroadcast.destination.SignedJsonCalls.Operation;
import dev.sentrybroadcast.destination.SignedJsonCalls.Site;
import dev.sentrybroadcast.intake.QueuedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Hides messages by {@code ChangeMessageVisibilityBatch}, one signed request per ten of them.
 *
 * <p>Not by the SDK's client for SQS: for this one call it would add 0.83 MB to 5 MB of SDK, and
 * the start of a second client. <a
 * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html">ChangeMessageVisibilityBatch</a>
 */
final class SqsVisibility implements Visibility {

  /** SQS's limit of one request. */
  private static final int MOST_ENTRIES = 10;

  /** A request may take this long, by the HTTP client's time-outs; with less left, none is made. */
  private static final Duration LEAST_TIME = Wiring.LONGEST_HTTP_CALL.plusSeconds(1);

  private static final JsonFactory JSON = new JsonFactory();

  private static final Operation CHANGE =
      new Operation("sqs", "AmazonSQS.ChangeMessageVisibilityBatch", "application/x-amz-json-1.0");

  private final SignedJsonCalls calls;
  private final @Nullable URI endpoint;

  /**
   * Calls nothing yet: most invocations hide no message.
   *
   * @param endpoint in place of the one of the queue's region
   */
  SqsVisibility(SignedJsonCalls calls, @Nullable URI endpoint) {
    this.calls = calls;
    this.endpoint = endpoint;
  }

  @Override
  public void extend(List<QueuedMessage> messages, Duration wait) {
    if (!Invocation.CURRENT.isBound()) {
      return;
    }
    Invocation invocation = Invocation.CURRENT.get();
    QueueName queue = QueueName.parse(invocation.queueArn());
    if (queue == null) {
      invocation.log().warn("visibility not changed: the event names no queue");
      return;
    }
    for (int from = 0; from < messages.size(); from += MOST_ENTRIES) {
      if (invocation.remainingMillis() < LEAST_TIME.toMillis()) {
        invocation.log().warn("visibility not changed: too little time left");
        return;
      }
      int to = Math.min(messages.size(), from + MOST_ENTRIES);
      String failure = change(queue, messages.subList(from, to), wait);
      if (failure != null) {
        // What stopped one request would stop the next one too.
        invocation.log().warn("visibility not changed: " + failure);
        return;
      }
    }
  }

  /** Null, or the kind of failure. */
  private @Nullable String change(QueueName queue, List<QueuedMessage> messages, Duration wait) {
    URI origin = endpoint == null ? queue.endpoint() : endpoint;
    try {
      byte[] body = body(queue.url(origin), messages, wait.toSeconds());
      Answer answer = calls.post(CHANGE, new Site(origin, queue.region()), body);
      return answer.status() == 200 ? failedEntry(answer.body()) : "status " + answer.status();
    } catch (IOException | SdkException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static byte[] body(String queueUrl, List<QueuedMessage> messages, long seconds)
      throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(4096);
    try (JsonGenerator json = JSON.createGenerator(body)) {
      json.writeStartObject();
      json.writeStringField("QueueUrl", queueUrl);
      json.writeArrayFieldStart("Entries");
      for (int i = 0; i < messages.size(); i++) {
        String handle = messages.get(i).receiptHandle();
        if (handle != null) {
          json.writeStartObject();
          json.writeStringField("Id", Integer.toString(i));
          json.writeStringField("ReceiptHandle", handle);
          json.writeNumberField("VisibilityTimeout", seconds);
          json.writeEndObject();
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return body.toByteArray();
  }

  /** The error code of the first entry that failed, as {@code ReceiptHandleIsInvalid}. */
  private static @Nullable String failedEntry(String answer) throws IOException {
    try (JsonParser json = JSON.createParser(answer)) {
      boolean inFailed = false;
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.FIELD_NAME && json.currentName().equals("Failed")) {
          inFailed = true;
        } else if (token == JsonToken.END_ARRAY) {
          inFailed = false;
        } else if (inFailed && token == JsonToken.FIELD_NAME && json.currentName().equals("Code")) {
          return json.nextTextValue();
        }
      }
      return null;
    }
  }
}
