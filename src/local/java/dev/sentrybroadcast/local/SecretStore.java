package dev.sentrybroadcast.local;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** The secrets by name, and the operations on them as their JSON protocol words them. */
final class SecretStore {

  /** AWS's quota on a secret's value. */
  static final int MAX_VALUE_BYTES = 65_536;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@-]{1,512}");
  private static final String ARN =
      "arn:aws:secretsmanager:" + LocalQueues.REGION + ":000000000000:secret:";

  private final Map<String, SecretVersions> secrets = new LinkedHashMap<>();

  void put(String name, String value) {
    checkSize(value);
    secrets
        .computeIfAbsent(name, _ -> new SecretVersions())
        .put(UUID.randomUUID().toString(), value, List.of(SecretVersions.CURRENT), Instant.now());
  }

  String current(String name) {
    return find(name).getValue().get(null, null).value();
  }

  List<String> names() {
    return secrets.entrySet().stream()
        .filter(secret -> secret.getValue().count() > 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  int versions(String name) {
    return find(name).getValue().count();
  }

  void answer(String operation, JsonNode input, JsonGenerator out) throws IOException {
    switch (operation) {
      case "CreateSecret" -> create(input, out);
      case "PutSecretValue" -> putValue(input, out);
      case "GetSecretValue" -> getValue(input, out);
      case "DescribeSecret" -> describe(input, out);
      case "UpdateSecretVersionStage" -> updateStage(input, out);
      default ->
          throw new SecretsFault(
              "UnknownOperationException", "The look-alike does not know this operation.");
    }
  }

  private void create(JsonNode input, JsonGenerator out) throws IOException {
    String name = needed(input, "Name");
    if (!NAME.matcher(name).matches()) {
      throw invalid(
          "Invalid name. Must be a valid name containing alphanumeric characters, or /_+=.@-");
    }
    String token = token(input);
    String value = text(input, "SecretString");
    SecretVersions existing = secrets.get(name);
    if (existing != null && !existing.stages().containsKey(token)) {
      throw new SecretsFault(
          "ResourceExistsException",
          "The operation failed because the secret " + name + " already exists.");
    }
    SecretVersions versions = existing == null ? new SecretVersions() : existing;
    if (value != null) {
      checkSize(value);
      versions.put(token, value, List.of(SecretVersions.CURRENT), Instant.now());
    }
    secrets.put(name, versions);
    writeIdentity(name, out);
    if (value != null) {
      out.writeStringField("VersionId", token);
    }
  }

  private void putValue(JsonNode input, JsonGenerator out) throws IOException {
    Map.Entry<String, SecretVersions> secret = find(needed(input, "SecretId"));
    String value = text(input, "SecretString");
    if (value == null) {
      throw new SecretsFault(
          "InvalidRequestException", "You must provide either SecretString or SecretBinary.");
    }
    checkSize(value);
    List<String> stages =
        input
            .field("VersionStages")
            .map(list -> list.asArray().stream().map(JsonNode::text).toList())
            .orElse(List.of(SecretVersions.CURRENT));
    if (stages.isEmpty()) {
      throw invalid("VersionStages has to name at least one staging label.");
    }
    SecretVersions.Version version =
        secret.getValue().put(token(input), value, stages, Instant.now());
    writeIdentity(secret.getKey(), out);
    out.writeStringField("VersionId", version.id());
    writeTexts("VersionStages", version.stages(), out);
  }

  private void getValue(JsonNode input, JsonGenerator out) throws IOException {
    Map.Entry<String, SecretVersions> secret = find(needed(input, "SecretId"));
    SecretVersions.Version version =
        secret.getValue().get(text(input, "VersionId"), text(input, "VersionStage"));
    writeIdentity(secret.getKey(), out);
    out.writeStringField("VersionId", version.id());
    out.writeStringField("SecretString", version.value());
    writeTexts("VersionStages", version.stages(), out);
    out.writeNumberField("CreatedDate", version.createdAt().toEpochMilli() / 1000.0);
  }

  private void describe(JsonNode input, JsonGenerator out) throws IOException {
    Map.Entry<String, SecretVersions> secret = find(needed(input, "SecretId"));
    writeIdentity(secret.getKey(), out);
    out.writeObjectFieldStart("VersionIdsToStages");
    for (Map.Entry<String, Set<String>> version : secret.getValue().stages().entrySet()) {
      writeTexts(version.getKey(), version.getValue(), out);
    }
    out.writeEndObject();
  }

  private void updateStage(JsonNode input, JsonGenerator out) throws IOException {
    Map.Entry<String, SecretVersions> secret = find(needed(input, "SecretId"));
    secret
        .getValue()
        .update(
            needed(input, "VersionStage"),
            text(input, "RemoveFromVersionId"),
            text(input, "MoveToVersionId"));
    writeIdentity(secret.getKey(), out);
  }

  /** By name, by ARN, or by an ARN without its random suffix. */
  private Map.Entry<String, SecretVersions> find(String id) {
    for (Map.Entry<String, SecretVersions> secret : secrets.entrySet()) {
      String name = secret.getKey();
      if (id.equals(name) || id.equals(arn(name)) || id.equals(ARN + name)) {
        return Map.entry(name, secret.getValue());
      }
    }
    throw new SecretsFault(
        "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  }

  /** As AWS's: the name, and six characters; the same ones for the same name. */
  private static String arn(String name) {
    String suffix = Integer.toHexString(name.hashCode() | 0x8000_0000).substring(0, 6);
    return ARN + name + "-" + suffix;
  }

  private static void writeIdentity(String name, JsonGenerator out) throws IOException {
    out.writeStringField("ARN", arn(name));
    out.writeStringField("Name", name);
  }

  private static void writeTexts(String field, Collection<String> texts, JsonGenerator out)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }

  private static String token(JsonNode input) {
    String token = text(input, "ClientRequestToken");
    if (token == null) {
      return UUID.randomUUID().toString();
    }
    if (token.length() < 32 || token.length() > 64) {
      throw invalid("ClientRequestToken must be 32-64 characters long.");
    }
    return token;
  }

  private static void checkSize(String value) {
    int bytes = value.getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > MAX_VALUE_BYTES) {
      throw invalid("SecretString must have 1 to 65536 bytes; it has " + bytes + ".");
    }
  }

  private static String needed(JsonNode input, String field) {
    String text = text(input, field);
    if (text == null || text.isEmpty()) {
      throw invalid("The parameter " + field + " has to be given.");
    }
    return text;
  }

  private static @Nullable String text(JsonNode input, String field) {
    return input.field(field).filter(JsonNode::isString).map(JsonNode::asString).orElse(null);
  }

  private static SecretsFault invalid(String message) {
    return new SecretsFault("InvalidParameterException", message);
  }
}
