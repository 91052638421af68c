package dev.sentrybroadcast.intake.objects;

import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.ObjectSource.Opened;
import dev.sentrybroadcast.intake.SourceObject;
import dev.sentrybroadcast.intake.json.JsonReader;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;

/** Reads bodies that are kept in objects: one JSON value each, gzip or not, of at most 6 MiB. */
public record ObjectBodies(AllowedSource source) {

  /** What came of reading one. */
  public sealed interface Body {

    record Json(JsonValue value, long bytes) implements Body {}

    /** Neither now nor later a body. */
    record Malformed(String expected) implements Body {}

    /** {@code cause} as it is logged. */
    record Unavailable(String cause) implements Body {}
  }

  public Body read(SourceObject object) {
    return switch (source.open(object, 0)) {
      case Opened.Body body -> json(body, object.key());
      case Opened.NotAllowed() -> new Body.Malformed("an object in one of SOURCE_BUCKETS");
      case Opened.Overwritten() -> new Body.Malformed("an object with this ETag");
      case Opened.Unavailable(String cause) -> new Body.Unavailable(cause);
    };
  }

  private static Body json(Opened.Body body, String key) {
    byte[] json;
    try (InputStream content = ObjectLines.uncompressed(body.bytes(), key)) {
      json = content.readNBytes(Limits.LINE_BYTES + 1);
    } catch (IOException e) {
      return new Body.Unavailable(ObjectLines.cause(e));
    }
    if (json.length > Limits.LINE_BYTES) {
      return new Body.Malformed("a body of at most 6 MiB");
    }
    try {
      JsonValue value = JsonReader.read(json);
      return value == null ? new Body.Malformed("JSON") : new Body.Json(value, json.length);
    } catch (IOException _) {
      return new Body.Malformed("JSON");
    }
  }
}
