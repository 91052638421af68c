package dev.sentrybroadcast.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The batches that prime: records of each dialect, as different from each other as those of
 * different producers are. The JVM compiles for the texts, numbers and types that it has met, and
 * throws the code away when others come; so what is not in here is slow in a first invocation.
 * Seeded: each build primes with the same, but for times.
 */
final class PrimingRecords {

  private static final JsonFactory JSON = new JsonFactory();

  private static final String QUEUE_ARN = "arn:aws:sqs:us-east-1:000000000000:priming";

  /** Of the batches, in turn, so that neither one record nor many are the rule. */
  private static final int[] SIZES = {1, 10, 2, 25, 1, 5, 40, 1, 3, 15};

  private final Random random = new Random(42);
  private final PrimingBlanks blanks;
  private final List<byte[]> batches = new ArrayList<>();
  private int passes;
  private int records;

  PrimingRecords(InstantSource clock) {
    blanks = new PrimingBlanks(random, clock);
  }

  /**
   * One of each size, as the event source mapping writes them; the last has a failed record. From
   * call to call another one of them is new, so that names and numbers keep coming that were not
   * met before.
   */
  List<byte[]> next() throws IOException {
    while (batches.size() < SIZES.length) {
      batches.add(event(batches.size()));
    }
    int changed = passes++ % SIZES.length;
    batches.set(changed, event(changed));
    return batches;
  }

  /** One record, and some: those of the last {@link #next}, none before it. */
  List<byte[]> few() {
    return batches.subList(0, Math.min(2, batches.size()));
  }

  private byte[] event(int batch) throws IOException {
    boolean last = batch == SIZES.length - 1;
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(event)) {
      json.writeStartObject();
      json.writeArrayFieldStart("Records");
      for (int i = 0; i < SIZES[batch]; i++) {
        // An issue is a request of its own, and errors are rare.
        message(json, last && i == 0 ? PrimingForms.FAILED : PrimingForms.of(records++));
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return event.toByteArray();
  }

  private void message(JsonGenerator json, String form) throws IOException {
    json.writeStartObject();
    json.writeStringField("messageId", blanks.hex(32));
    json.writeStringField("receiptHandle", blanks.hex(100 + random.nextInt(100)));
    json.writeStringField("body", blanks.fill(random.nextInt(4) == 0 ? form : compact(form)));
    json.writeObjectFieldStart("attributes");
    json.writeStringField("ApproximateReceiveCount", "1");
    json.writeStringField("SentTimestamp", "1767225600000");
    json.writeStringField("SenderId", "priming");
    json.writeStringField("ApproximateFirstReceiveTimestamp", "1767225600001");
    json.writeEndObject();
    json.writeObjectFieldStart("messageAttributes");
    if (random.nextInt(4) == 0) {
      json.writeObjectFieldStart("attribute");
      json.writeStringField("stringValue", "value");
      json.writeArrayFieldStart("stringListValues");
      json.writeEndArray();
      json.writeStringField("dataType", "String");
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeStringField("md5OfBody", blanks.hex(32));
    json.writeStringField("eventSource", "aws:sqs");
    json.writeStringField("eventSourceARN", QUEUE_ARN);
    json.writeStringField("awsRegion", "us-east-1");
    json.writeEndObject();
  }

  /** A form has blanks between its tokens only. */
  private static String compact(String form) {
    return form.replaceAll("\\s+", "");
  }
}
