package dev.sentrybroadcast.intake.record;

import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.Dialect;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.body.ApiBodies;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;

/** The canonical record: {@code generation/v1}, or any object with a {@code request} object. */
public final class CanonicalDialect implements Dialect {

  private static final String SCHEMA = "generation/v1";

  @Override
  public boolean recognises(JsonObject record) {
    return record.has("schema") || record.get("request") instanceof JsonObject;
  }

  @Override
  public List<Decoded> read(ObjectView record, Origin origin) {
    JsonValue schema = record.get("schema");
    if (schema != null && !SCHEMA.equals(JsonValue.text(schema))) {
      return List.of(new Decoded.Malformed(record.path("schema"), "\"" + SCHEMA + "\""));
    }
    ObjectView request = record.object("request");
    ObjectView response = ApiBodies.responseOf(record, "response");
    return List.of(new GenerationReader(record, request, response, origin).read("request.model"));
  }
}
