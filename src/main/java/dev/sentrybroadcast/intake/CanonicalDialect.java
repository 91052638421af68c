package dev.sentrybroadcast.intake;

import java.util.List;

/** The record of our own contract: {@code generation/v1}, or anything with a {@code request}. */
final class CanonicalDialect implements Dialect {

  private static final String SCHEMA = "generation/v1";

  @Override
  public boolean recognises(JsonValue.Members record) {
    JsonValue request = record.get("request");
    return record.has("schema") || (request != null && request.isMembers());
  }

  @Override
  public List<Decoded> read(Fields record, Origin origin) {
    JsonValue schema = record.get("schema");
    if (schema != null && !SCHEMA.equals(JsonValue.text(schema))) {
      return List.of(new Decoded.Malformed(record.path("schema"), "\"" + SCHEMA + "\""));
    }
    Fields request = record.object("request");
    Fields response = record.object("response");
    return List.of(new GenerationReader(record, request, response, origin).read("request.model"));
  }
}
