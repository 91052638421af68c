package dev.sentrybroadcast.intake.envelope;

import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.Dialect;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Messages that other systems put on a queue and that are not read: each with what to do. */
public final class UnreadEnvelopes implements Dialect {

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_\\s-]{16,}={0,2}\\s*");

  /** What a Collector that exports all signals sends beside traces: ignored, not malformed. */
  private static final List<String> OTHER_SIGNALS =
      List.of("resourceLogs", "resourceMetrics", "resourceProfiles");

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              has("detail-type", "detail"),
              "detail",
              "the record itself, not an EventBridge event around it: set the target's input path to"
                  + " $.detail"),
          new Kind(
              has("specversion", "source"),
              "data",
              "the record itself, not a CloudEvent around it: send its data alone"),
          new Kind(
              record -> JsonObject.firstOf(record.get("Records")).object("s3").has("bucket"),
              "Records",
              "a record, not an S3 notification: set SOURCE_BUCKETS, or send what the object holds"),
          new Kind(
              record -> JsonObject.firstOf(record.get("Records")).has("body"),
              "Records",
              "a record, not a queue's event around it: paste the `body` of one of its Records"),
          new Kind(
              has("requestContext", "body"),
              "body",
              "a record, not an HTTP call's event around it: paste the `body`"),
          new Kind(
              record -> "s3:TestEvent".equals(record.text("Event")),
              "Event",
              "a record, not the test event of an S3 notification: remove the notification"),
          new Kind(
              has("s3BucketName", "s3Key"),
              "$",
              "a record, not a pointer of the SQS Extended Client to S3: set SOURCE_BUCKETS, or send at"
                  + " most 1 MiB"),
          new Kind(
              record -> record.object("awslogs").has("data"),
              "awslogs",
              "a record, not CloudWatch Logs: send the log lines that are records"),
          new Kind(
              has("logGroup", "logEvents"),
              "logEvents",
              "a record, not CloudWatch Logs: send the log lines that are records"));

  private record Kind(Predicate<JsonObject> is, String path, String expected) {}

  @Override
  public boolean recognises(JsonObject record) {
    return OTHER_SIGNALS.stream().anyMatch(record::has)
        || KINDS.stream().anyMatch(kind -> kind.is.test(record));
  }

  @Override
  public List<Decoded> read(ObjectView record, Origin origin) {
    Stream<Decoded> ignored =
        OTHER_SIGNALS.stream().filter(record::has).map(UnreadEnvelopes::ignored);
    Stream<Decoded> malformed =
        KINDS.stream()
            .filter(kind -> kind.is.test(record.json()))
            .map(kind -> malformed(record, kind));
    return Stream.concat(ignored, malformed).limit(1).toList();
  }

  /** What was expected in place of a body that is no JSON; null where it is of no known kind. */
  public static @Nullable String expected(String body) {
    String text = body.strip();
    if (text.startsWith("\u001f") || text.startsWith("H4sI")) {
      return "JSON, not gzip: send the record uncompressed";
    }
    return BASE64.matcher(text).matches() ? "JSON, not base64: send the record as it is" : null;
  }

  /** Whether an array is a pointer of the SQS Extended Client: its class name and the object. */
  public static boolean isPointer(List<JsonValue> items) {
    return items.size() == 2
        && items.getFirst().isText()
        && JsonObject.of(items.getLast()).has("s3BucketName");
  }

  private static Decoded ignored(String field) {
    String signal = field.replaceFirst("^resource", "").toLowerCase(Locale.ROOT);
    return new Decoded.Ignored("OTLP " + signal + ", not read: export traces alone to this queue");
  }

  private static Decoded malformed(ObjectView record, Kind kind) {
    boolean isWhole = kind.path.equals("$");
    String path = isWhole ? record.path() : record.path(kind.path);
    return new Decoded.Malformed(path.isEmpty() ? "$" : path, kind.expected);
  }

  private static Predicate<JsonObject> has(String... fields) {
    return record -> List.of(fields).stream().allMatch(record::has);
  }
}
