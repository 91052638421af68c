package dev.sentrybroadcast.bench;

import dev.sentrybroadcast.function.BroadcastFunction;
import dev.sentrybroadcast.local.LocalContext;
import dev.sentrybroadcast.local.SqsEventJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Batches as the event source mapping hands them over. */
final class Events {

  /** What Lambda takes at most. */
  private static final int MOST_BYTES = 6 * 1024 * 1024;

  private static final String QUEUE_ARN = "arn:aws:sqs:us-east-1:000000000000:generations";

  private Events() {}

  /** The event as it comes over the Runtime API. */
  static byte[] json(List<String> bodies) {
    List<Message> messages = new ArrayList<>(bodies.size());
    for (String body : bodies) {
      messages.add(
          Message.builder()
              .messageId("m" + messages.size())
              .receiptHandle("r" + messages.size())
              .body(body)
              .attributes(
                  Map.of(
                      MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1",
                      MessageSystemAttributeName.SENT_TIMESTAMP, "1767225600000",
                      MessageSystemAttributeName.SENDER_ID, "sender",
                      MessageSystemAttributeName.APPROXIMATE_FIRST_RECEIVE_TIMESTAMP,
                          "1767225600000"))
              .md5OfBody("ca054d153214f6d8e98e92884e94753a")
              .build());
    }
    byte[] event = SqsEventJson.event(messages, QUEUE_ARN).getBytes(StandardCharsets.UTF_8);
    if (event.length > MOST_BYTES) {
      throw new IllegalArgumentException("larger than Lambda allows: " + event.length);
    }
    return event;
  }

  /** Hands the event to the handler, which must return nothing of it. */
  static void deliver(BroadcastFunction function, byte[] event) {
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    LocalContext context = new LocalContext(Duration.ofSeconds(30), _ -> {});
    try {
      function.handleRequest(new ByteArrayInputStream(event), response, context);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!response.toString(StandardCharsets.UTF_8).equals("{\"batchItemFailures\":[]}")) {
      throw new IllegalStateException("a record was returned");
    }
  }
}
