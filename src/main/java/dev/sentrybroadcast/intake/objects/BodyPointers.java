package dev.sentrybroadcast.intake.objects;

import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.Dialect;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.SourceObject;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;
import java.util.stream.Stream;

/**
 * A record of any dialect with {@code {"s3": {"bucket", "key", "versionId"?}}} in place of its
 * {@code request} or {@code response}.
 */
public final class BodyPointers implements Dialect {

  private static final List<String> BODIES = List.of("request", "response");

  private final ObjectBodies bodies;
  private final Inner opened;

  /**
   * Reads pointers.
   *
   * @param opened reads the record with its bodies
   */
  public BodyPointers(ObjectBodies bodies, Inner opened) {
    this.bodies = bodies;
    this.opened = opened;
  }

  @Override
  public boolean recognises(JsonObject record) {
    return pointers(record).findAny().isPresent();
  }

  private static Stream<String> pointers(JsonObject record) {
    return BODIES.stream().filter(body -> isPointer(record.object(body)));
  }

  private static boolean isPointer(JsonObject body) {
    return body.fields().size() == 1 && body.get("s3") instanceof JsonObject;
  }

  @Override
  public List<Decoded> read(ObjectView record, Origin origin) {
    return List.of(new Decoded.WithBodies(() -> complete(record, origin)));
  }

  private Decoded.Complete complete(ObjectView record, Origin origin) {
    JsonObject whole = record.json();
    long bytes = 0;
    for (String field : pointers(whole).toList()) {
      SourceObject object = SourceObject.of(whole.object(field).object("s3"));
      switch (object == null
          ? new ObjectBodies.Body.Malformed("a bucket and a key")
          : bodies.read(object)) {
        case ObjectBodies.Body.Json json -> {
          if (json.value().isBlank() || isPointer(JsonObject.of(json.value()))) {
            return failed(
                new Decoded.Malformed(record.path(field + ".s3"), "a body, not a pointer"));
          }
          whole = whole.with(field, json.value());
          bytes += json.bytes();
        }
        case ObjectBodies.Body.Malformed(String expected) -> {
          return failed(new Decoded.Malformed(record.path(field + ".s3"), expected));
        }
        case ObjectBodies.Body.Unavailable(String cause) -> {
          return failed(new Decoded.SourceUnavailable(record.path(field) + ": " + cause));
        }
      }
    }
    return new Decoded.Complete(opened.read(whole, record.path(), origin), bytes);
  }

  private static Decoded.Complete failed(Decoded reason) {
    return new Decoded.Complete(List.of(reason), 0);
  }
}
