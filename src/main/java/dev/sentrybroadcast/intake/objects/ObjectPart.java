package dev.sentrybroadcast.intake.objects;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sentrybroadcast.intake.SourceObject;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.Numbers;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The records of an object, or those between two of its lines. An element of a JSON array counts as
 * a line.
 *
 * @param line how many lines come before it
 * @param offset the first byte to read, uncompressed; 0 in an array, which is read from its start
 * @param gzip whether the object is compressed; of an object that is read from its start, known
 *     only after reading
 * @param end the last line; null for that of the object
 */
public record ObjectPart(
    SourceObject object, long line, long offset, boolean gzip, @Nullable Long end) {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String FIELD = "broadcastSource";

  /** The whole object. */
  static ObjectPart of(SourceObject object) {
    return new ObjectPart(object, 0, 0, /* gzip= */ false, null);
  }

  /** The lines before {@code other}, which begins later in the same object. */
  public ObjectPart before(ObjectPart other) {
    return new ObjectPart(other.object(), line, offset, gzip, other.line());
  }

  /** The lines after the first {@code lines}. */
  ObjectPart after(SourceObject opened, long lines, long from, boolean compressed) {
    return new ObjectPart(opened, lines, from, compressed, end);
  }

  boolean hasMore() {
    return end == null || line < end;
  }

  /** The text of a message that stands for this part. */
  public String message() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeObjectFieldStart(FIELD);
      json.writeStringField("bucket", object.bucket());
      json.writeStringField("key", object.key());
      json.writeStringField("versionId", object.versionId());
      json.writeStringField("etag", object.etag());
      json.writeNumberField("line", line);
      json.writeNumberField("offset", offset);
      json.writeBooleanField("gzip", gzip);
      if (end != null) {
        json.writeNumberField("end", end);
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  static boolean isIn(JsonObject message) {
    return message.get(FIELD) instanceof JsonObject;
  }

  /** Of a message; null where it is not one of {@link #message}. */
  static @Nullable ObjectPart in(JsonObject message) {
    JsonObject part = message.object(FIELD);
    SourceObject object = SourceObject.of(part);
    Long line = Numbers.count(part.get("line"));
    Long offset = Numbers.count(part.get("offset"));
    return object == null || line == null || offset == null
        ? null
        : new ObjectPart(
            object,
            line,
            offset,
            part.get("gzip") instanceof JsonValue.Bool(boolean gzip) && gzip,
            Numbers.count(part.get("end")));
  }
}
