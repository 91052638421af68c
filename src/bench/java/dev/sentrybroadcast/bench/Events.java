package dev.sentrybroadcast.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sentrybroadcast.function.BroadcastFunction;
import dev.sentrybroadcast.local.LocalContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Batches as the event source mapping hands them over. */
final class Events {

  /** What Lambda takes at most. */
  private static final int MOST_BYTES = 6 * 1024 * 1024;

  private static final JsonFactory JSON = JsonFactory.builder().build();

  private Events() {}

  /** The event as it comes over the Runtime API. */
  static byte[] json(List<String> bodies) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeArrayFieldStart("Records");
      for (int i = 0; i < bodies.size(); i++) {
        out.writeStartObject();
        out.writeStringField("messageId", "m" + i);
        out.writeStringField("receiptHandle", "r" + i);
        out.writeStringField("body", bodies.get(i));
        out.writeObjectFieldStart("attributes");
        out.writeStringField("ApproximateReceiveCount", "1");
        out.writeStringField("SentTimestamp", "1767225600000");
        out.writeStringField("SenderId", "sender");
        out.writeStringField("ApproximateFirstReceiveTimestamp", "1767225600000");
        out.writeEndObject();
        out.writeObjectFieldStart("messageAttributes");
        out.writeEndObject();
        out.writeStringField("md5OfBody", "ca054d153214f6d8e98e92884e94753a");
        out.writeStringField("eventSource", "aws:sqs");
        out.writeStringField("eventSourceARN", "arn:aws:sqs:us-east-1:000000000000:generations");
        out.writeStringField("awsRegion", "us-east-1");
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (bytes.size() > MOST_BYTES) {
      throw new IllegalArgumentException("larger than Lambda allows: " + bytes.size());
    }
    return bytes.toByteArray();
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
