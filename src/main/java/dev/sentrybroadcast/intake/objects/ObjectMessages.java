package dev.sentrybroadcast.intake.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.Dialect;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.SourceObject;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Messages that stand for the records in objects: S3 event notifications, EventBridge's {@code
 * Object Created}, pointers of the SQS Extended Client, and parts of objects that were put on the
 * queue by {@code delivery}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">
 *     S3 event</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html">EventBridge
 *     event</a>
 */
public final class ObjectMessages implements Dialect {

  private static final String EXPECTED = "the bucket's name and the object's key";

  /**
   * What Bedrock writes beside its log: a file that checks its permission, and bodies, which
   * records point to.
   */
  private static final Pattern BESIDE_LOG =
      Pattern.compile(
          ".*/amazon-bedrock-logs-permission-check[^/]*"
              + "|.*/BedrockModelInvocationLogs/.*/data/.*"
              + "|amazon-bedrock-logs-permission-check[^/]*",
          Pattern.DOTALL);

  @Override
  public boolean recognises(JsonObject message) {
    return isNotification(message)
        || isEventBridge(message)
        || isTest(message)
        || ObjectPart.isIn(message)
        || message.has("s3BucketName");
  }

  private static boolean isNotification(JsonObject message) {
    return message.get("Records") instanceof JsonValue.Array(var records)
        && !records.isEmpty()
        && records.stream().allMatch(record -> JsonObject.of(record).has("s3"));
  }

  private static boolean isEventBridge(JsonObject message) {
    return "aws.s3".equals(message.text("source")) && message.has("detail-type");
  }

  private static boolean isTest(JsonObject message) {
    return "s3:TestEvent".equals(message.text("Event"));
  }

  @Override
  public List<Decoded> read(ObjectView message, Origin origin) {
    JsonObject json = message.json();
    if (isTest(json)) {
      return List.of(new Decoded.Ignored("the test event of an S3 notification"));
    }
    if (ObjectPart.isIn(json)) {
      ObjectPart part = ObjectPart.in(json);
      return List.of(
          part == null
              ? malformed(message, "broadcastSource", "a part of an object")
              : new Decoded.InObject(part));
    }
    if (json.has("s3BucketName")) {
      SourceObject object =
          SourceObject.of(json.text("s3BucketName"), json.text("s3Key"), null, null);
      return List.of(
          object == null
              ? malformed(message, "s3Key", EXPECTED)
              : new Decoded.InObject(ObjectPart.of(object)));
    }
    if (isEventBridge(json)) {
      return List.of(event(message, json));
    }
    List<JsonValue> records = JsonValue.items(json.get("Records"));
    if (records.size() > Limits.RECORDS_OF_MESSAGE) {
      return List.of(
          malformed(message, "Records", "at most " + Limits.RECORDS_OF_MESSAGE + " objects"));
    }
    List<Decoded> objects = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      objects.add(notification(message, "Records[" + i + "].s3", JsonObject.of(records.get(i))));
    }
    return objects;
  }

  private static Decoded notification(ObjectView message, String path, JsonObject record) {
    String name = record.text("eventName");
    if (name != null && !name.replaceFirst("^s3:", "").startsWith("ObjectCreated")) {
      return new Decoded.Ignored("an S3 event that creates no object");
    }
    JsonObject object = record.object("s3").object("object");
    return found(
        message,
        path,
        SourceObject.of(
            record.object("s3").object("bucket").text("name"),
            decoded(object.text("key")),
            object.text("versionId"),
            object.text("eTag")));
  }

  private static Decoded event(ObjectView message, JsonObject json) {
    if (!"Object Created".equals(json.text("detail-type"))) {
      return new Decoded.Ignored("an S3 event that creates no object");
    }
    JsonObject object = json.object("detail").object("object");
    // Unlike in a notification the key is not encoded.
    return found(
        message,
        "detail",
        SourceObject.of(
            json.object("detail").object("bucket").text("name"),
            object.text("key"),
            object.text("version-id"),
            object.text("etag")));
  }

  private static Decoded found(ObjectView message, String path, @Nullable SourceObject object) {
    if (object == null) {
      return malformed(message, path, EXPECTED);
    }
    return BESIDE_LOG.matcher(object.key()).matches()
        ? new Decoded.Ignored("a file that Bedrock writes beside its log")
        : new Decoded.InObject(ObjectPart.of(object));
  }

  /** A key as it is in a notification; null where it is not encoded. */
  private static @Nullable String decoded(@Nullable String key) {
    try {
      return key == null ? null : URLDecoder.decode(key, UTF_8);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static Decoded malformed(ObjectView message, String path, String expected) {
    return new Decoded.Malformed(message.path(path), expected);
  }
}
