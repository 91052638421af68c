package dev.sentrybroadcast.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * The event Lambda makes of received messages.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Example event</a>
 */
public final class SqsEventJson {

  private static final JsonFactory JSON = JsonFactory.builder().build();

  private SqsEventJson() {}

  /** As the event source mapping hands it over. */
  public static String event(List<Message> messages, String queueArn) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.writeStartObject();
      out.writeArrayFieldStart("Records");
      for (Message message : messages) {
        record(message, queueArn, out);
      }
      out.writeEndArray();
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** How much of the payload limit the message takes. */
  static int bytes(Message message, String queueArn) {
    return event(List.of(message), queueArn).getBytes(StandardCharsets.UTF_8).length;
  }

  private static void record(Message message, String queueArn, JsonGenerator out)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("messageId", message.messageId());
    out.writeStringField("receiptHandle", message.receiptHandle());
    out.writeStringField("body", message.body());
    out.writeObjectFieldStart("attributes");
    for (Map.Entry<String, String> attribute : message.attributesAsStrings().entrySet()) {
      out.writeStringField(attribute.getKey(), attribute.getValue());
    }
    out.writeEndObject();
    out.writeObjectFieldStart("messageAttributes");
    for (Map.Entry<String, MessageAttributeValue> attribute :
        message.messageAttributes().entrySet()) {
      out.writeObjectFieldStart(attribute.getKey());
      MessageAttributeValue value = attribute.getValue();
      if (value.stringValue() != null) {
        out.writeStringField("stringValue", value.stringValue());
      }
      if (value.binaryValue() != null) {
        out.writeFieldName("binaryValue");
        out.writeBinary(value.binaryValue().asByteArray());
      }
      out.writeArrayFieldStart("stringListValues");
      out.writeEndArray();
      out.writeArrayFieldStart("binaryListValues");
      out.writeEndArray();
      out.writeStringField("dataType", value.dataType());
      out.writeEndObject();
    }
    out.writeEndObject();
    out.writeStringField("md5OfBody", message.md5OfBody());
    out.writeStringField("eventSource", "aws:sqs");
    out.writeStringField("eventSourceARN", queueArn);
    out.writeStringField("awsRegion", LocalQueues.REGION);
    out.writeEndObject();
  }
}
