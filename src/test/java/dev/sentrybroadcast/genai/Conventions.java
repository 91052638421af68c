package dev.sentrybroadcast.genai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The published conventions that spans are checked against. */
final class Conventions {

  static final JsonMapper JSON = JsonMapper.builder().build();

  private static final JsonNode SENTRY = read("sentry-conventions.json");

  private Conventions() {}

  /** The attribute as Sentry's conventions describe it; missing where they do not. */
  static JsonNode attribute(String name) {
    return SENTRY.path("attributes").path(name);
  }

  static Set<String> ops() {
    return new TreeSet<>(SENTRY.path("ops").path("gen_ai").propertyNames());
  }

  static Set<String> deprecatedOps() {
    return SENTRY
        .path("ops")
        .path("gen_ai")
        .propertyStream()
        .filter(op -> op.getValue().stringValue().contains("Deprecated:"))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Violations of one of OpenTelemetry's schemas, as {@code gen-ai-input-messages}. */
  static List<String> violations(String schema, String json) {
    return validate(read("otel-schemas/" + schema + ".json"), json);
  }

  /**
   * Violations of a definition inside a schema: the schemas take every object with a type for a
   * part, so that a known part has to be held against its own definition.
   */
  static List<String> violations(String schema, String definition, String json) {
    ObjectNode part = JSON.createObjectNode();
    part.set("$defs", read("otel-schemas/" + schema + ".json").get("$defs"));
    part.put("$ref", "#/$defs/" + definition);
    return validate(part, json);
  }

  /** Violations, where output messages may lack a finish reason, as in the later convention. */
  static List<String> laterOutputViolations(String json) {
    JsonNode schema = read("otel-schemas/gen-ai-output-messages.json");
    ((ObjectNode) schema.get("$defs").get("OutputMessage"))
        .set("required", JSON.createArrayNode().add("role").add("parts"));
    return validate(schema, json);
  }

  private static List<String> validate(JsonNode schema, String json) {
    Schema compiled =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
    return compiled.validate(json, InputFormat.JSON).stream()
        .map(Error::getInstanceLocation)
        .map(Object::toString)
        .toList();
  }

  private static JsonNode read(String file) {
    try (InputStream in = Conventions.class.getResourceAsStream("/conventions/" + file)) {
      return JSON.readTree(new String(Objects.requireNonNull(in).readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
