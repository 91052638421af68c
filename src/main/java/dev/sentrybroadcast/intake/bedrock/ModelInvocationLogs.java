package dev.sentrybroadcast.intake.bedrock;

import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.Dialect;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.SourceObject;
import dev.sentrybroadcast.intake.body.TokenNames;
import dev.sentrybroadcast.intake.body.Usages;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonReader;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.Numbers;
import dev.sentrybroadcast.intake.json.ObjectView;
import dev.sentrybroadcast.intake.json.Times;
import dev.sentrybroadcast.intake.objects.ObjectBodies;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A record of Bedrock's model invocation log. It becomes a canonical record, whose bodies are read
 * like those of every producer.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html">Model
 *     invocation logging</a>
 */
public final class ModelInvocationLogs implements Dialect {

  /** Inference profiles of a geography have its name before the model's. */
  private static final Pattern PROFILE =
      Pattern.compile(
          "((us|us-gov|eu|apac|jp|au|ca|global)\\.[a-z0-9-]+\\..*)|(application-)?inference-profile/.*");

  private final @Nullable ObjectBodies bodies;
  private final boolean userFromArn;
  private final Inner canonical;

  /**
   * Reads records.
   *
   * @param bodies reads bodies that the log keeps in S3; null: they are not read
   * @param userFromArn whether the ARN of the caller becomes the user
   * @param canonical reads the canonical record
   */
  public ModelInvocationLogs(@Nullable ObjectBodies bodies, boolean userFromArn, Inner canonical) {
    this.bodies = bodies;
    this.userFromArn = userFromArn;
    this.canonical = canonical;
  }

  @Override
  public boolean recognises(JsonObject record) {
    return "ModelInvocationLog".equals(record.text("schemaType"));
  }

  @Override
  public List<Decoded> read(ObjectView record, Origin origin) {
    if (record.text("modelId") == null) {
      return List.of(new Decoded.Malformed(record.path("modelId"), "the id of a model"));
    }
    Side input = Side.of(record.json().object("input"), "input");
    Side output = Side.of(record.json().object("output"), "output");
    return bodies == null || (input.object() == null && output.object() == null)
        ? canonical(record, input, output, origin)
        : List.of(new Decoded.WithBodies(() -> complete(bodies, record, input, output, origin)));
  }

  private Decoded.Complete complete(
      ObjectBodies from, ObjectView record, Side input, Side output, Origin origin) {
    Side asked = input.complete(from);
    Side answered = output.complete(from);
    String cause = asked.failure() == null ? answered.failure() : asked.failure();
    return new Decoded.Complete(
        cause == null
            ? canonical(record, asked, answered, origin)
            : List.of(new Decoded.SourceUnavailable(cause)),
        asked.bytes() + answered.bytes());
  }

  /**
   * The request or the response of a record.
   *
   * @param fields of the record's {@code input} or {@code output}
   * @param name of the side, with which its fields begin
   * @param body null where the log has none
   * @param bytes of the body, if it was read from an object
   * @param failure why the object cannot be read now; null if it can
   */
  private record Side(
      JsonObject fields,
      String name,
      @Nullable JsonValue body,
      long bytes,
      @Nullable String failure) {

    static Side of(JsonObject fields, String name) {
      JsonValue body = fields.get(name + "BodyJson");
      JsonValue parsed =
          body instanceof JsonValue.Text(String json) ? JsonReader.readOrNull(json) : body;
      return new Side(fields, name, parsed == null ? body : parsed, 0, null);
    }

    /** The object with the body; null where the body is in the record, or is an image. */
    @Nullable SourceObject object() {
      String type = fields.text(name + "ContentType");
      return body == null && (type == null || type.contains("json"))
          ? SourceObject.ofUri(fields.get(name + "BodyS3Path"))
          : null;
    }

    /** With the body of the object. One that may not be read leaves the record without. */
    Side complete(ObjectBodies from) {
      SourceObject object = object();
      if (object == null) {
        return this;
      }
      return switch (from.read(object)) {
        case ObjectBodies.Body.Json(JsonValue value, long size) ->
            new Side(fields, name, value, size, null);
        case ObjectBodies.Body.Malformed _ -> this;
        case ObjectBodies.Body.Unavailable(String cause) ->
            new Side(fields, name, null, 0, name + "." + name + "BodyS3Path: " + cause);
      };
    }

    /** What stands in place of a missing body: where it is. */
    JsonObject missing() {
      String path = name + "BodyS3Path";
      return JsonObject.NONE.with(path, fields.get(path));
    }
  }

  private List<Decoded> canonical(ObjectView record, Side input, Side output, Origin origin) {
    JsonObject log = record.json();
    String modelId = String.valueOf(log.text("modelId"));
    String operation = log.text("operation");
    String model = name(modelId);
    InvokeModelBodies known = new InvokeModelBodies(model);
    boolean converses = operation != null && operation.startsWith("Converse");
    JsonObject request =
        switch (input.body()) {
          case JsonObject body ->
              known.request(body).with("modelId", converses ? text(model) : null);
          case null -> input.missing();
          case JsonValue body -> JsonObject.NONE.with("input", body);
        };
    JsonObject response = output.body() == null ? output.missing() : known.response(output.body());
    String routedTo = response.object("trace").object("promptRouter").text("invokedModelId");
    JsonObject metrics = InvokeModelBodies.metrics(output.body());
    JsonObject metadata = log.object("requestMetadata");
    JsonObject whole =
        JsonObject.NONE
            .with("schema", text("generation/v1"))
            .with("id", log.get("requestId"))
            .with("provider", text("aws.bedrock"))
            .with("api_type", known.apiType())
            .with("ended_at", log.get("timestamp"))
            .with("latency_ms", metrics.get("invocationLatency"))
            .with("first_token_at", firstToken(log.get("timestamp"), metrics))
            .with(
                "streamed",
                operation == null ? null : new JsonValue.Bool(operation.endsWith("Stream")))
            .with("request", request.with("model", text(model)))
            .with(
                "response", response.with("model", routedTo == null ? null : text(name(routedTo))))
            .with("usage", isCounted(response) ? null : usage(log))
            .with("error", error(log))
            .with("user", userFromArn ? log.object("identity").get("arn") : null)
            .with("user", metadata.get("user"))
            .with("session_id", metadata.get("session_id"))
            .with("trace", trace(log, modelId, operation, request, output.body()))
            .with("destination", log.get("destination"))
            .with("privacy", log.get("privacy"));
    return canonical.read(whole, record.path(), origin);
  }

  /** Of an ARN the part that names the model or the profile. */
  private static String name(String modelId) {
    return modelId.startsWith("arn:") ? modelId.substring(modelId.indexOf('/') + 1) : modelId;
  }

  private static boolean isCounted(JsonObject response) {
    return Usages.isKnown(TokenNames.ofResponse(ObjectView.of(response)));
  }

  private static JsonValue usage(JsonObject log) {
    JsonObject input = log.object("input");
    return JsonObject.NONE
        .with("inputTokenCount", input.get("inputTokenCount"))
        .with("cacheReadInputTokenCount", input.get("cacheReadInputTokenCount"))
        .with("cacheWriteInputTokenCount", input.get("cacheWriteInputTokenCount"))
        .with("outputTokenCount", log.object("output").get("outputTokenCount"));
  }

  private static @Nullable JsonValue error(JsonObject log) {
    JsonValue code = log.get("errorCode");
    return code == null
        ? null
        : JsonObject.NONE.with("type", code).with("message", log.get("errorMessage"));
  }

  /** In milliseconds since the epoch; null where the log does not measure it. */
  private static @Nullable JsonValue firstToken(@Nullable JsonValue ended, JsonObject metrics) {
    Long end = Times.epochNanos(ended);
    Long latency = Numbers.count(metrics.get("invocationLatency"));
    Long first = Numbers.count(metrics.get("firstByteLatency"));
    return end == null || latency == null || first == null || first > latency
        ? null
        : new JsonValue.Numeric(Long.toString(end / 1_000_000 - latency + first));
  }

  private static JsonObject trace(
      JsonObject log,
      String modelId,
      @Nullable String operation,
      JsonObject request,
      @Nullable JsonValue output) {
    JsonObject guardrail = request.object("guardrailConfig");
    JsonValue action = JsonObject.of(output).get("amazon-bedrock-guardrailAction");
    String profile =
        modelId.startsWith("arn:") ? modelId.replaceFirst("^([^:]*:){5}", "") : modelId;
    return log.object("requestMetadata")
        .without("user", "session_id")
        .with("bedrock.operation", operation == null ? null : text(operation))
        .with("bedrock.region", log.get("region"))
        .with("bedrock.inference_region", log.get("inferenceRegion"))
        .with(
            "bedrock.inference_profile", PROFILE.matcher(profile).matches() ? text(profile) : null)
        .with("bedrock.guardrail_id", guardrail.get("guardrailIdentifier"))
        .with("bedrock.guardrail_version", guardrail.get("guardrailVersion"))
        .with(
            "bedrock.guardrail_action",
            action instanceof JsonValue.Text(String word)
                ? text(word.toLowerCase(Locale.ROOT))
                : null)
        .with("bedrock.latency", log.object("performanceConfig").get("latency"));
  }

  private static JsonValue text(String text) {
    return new JsonValue.Text(text);
  }
}
