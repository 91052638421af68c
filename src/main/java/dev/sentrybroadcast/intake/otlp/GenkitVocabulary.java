package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.Set;

/**
 * Genkit. Its spans hold the action's input and output as JSON, usage and model among them.
 *
 * @see <a href="https://genkit.dev/docs/observability/telemetry-collection/">Telemetry</a>
 */
final class GenkitVocabulary implements Vocabulary {

  private static final String KIND = "genkit:metadata:subtype";
  private static final String CONFIG = "genkit:input/config/";
  private static final String USAGE = "genkit:output/usage/";

  private static final Names NAMES =
      Conventions.NAMES
          .with(Field.REQUEST_MODEL, "genkit:name")
          .with(
              Field.RESPONSE_MODEL,
              "genkit:output/raw/model",
              "genkit:output/raw/modelVersion",
              "genkit:output/custom/model",
              "genkit:output/custom/modelVersion")
          .with(Field.RESPONSE_ID, "genkit:output/raw/id", "genkit:output/custom/id")
          .with(Field.TEMPERATURE, CONFIG + "temperature")
          .with(Field.TOP_P, CONFIG + "topP")
          .with(Field.TOP_K, CONFIG + "topK")
          .with(Field.MAX_TOKENS, CONFIG + "maxOutputTokens")
          .with(Field.FINISH_REASONS, "genkit:output/finishReason")
          .with(Field.INPUT_TOKENS, USAGE + "inputTokens")
          .with(Field.OUTPUT_TOKENS, USAGE + "outputTokens")
          .with(Field.TOTAL_TOKENS, USAGE + "totalTokens")
          .with(Field.CACHE_READ_TOKENS, USAGE + "cachedContentTokens")
          .with(Field.REASONING_TOKENS, USAGE + "thoughtsTokens")
          .with(Field.INPUT, "genkit:input/messages")
          .with(Field.OUTPUT, "genkit:output/message", "genkit:output/candidates")
          .with(Field.TOOL_DEFINITIONS, "genkit:input/tools")
          .with(Field.EMBEDDINGS_INPUT, "genkit:input/input", "genkit:input/");

  private static final Names TOOL =
      Conventions.NAMES
          .with(Field.TOOL_NAME, "genkit:name")
          .with(Field.TOOL_ARGUMENTS, "genkit:input/")
          .with(Field.TOOL_RESULT, "genkit:output/");

  @Override
  public boolean matches(OtlpSpan span) {
    return span.scope().startsWith("genkit") || span.has("genkit:type");
  }

  @Override
  public SpanRole role(OtlpSpan span) {
    return switch (span.word("", KIND)) {
      case "model", "background-model" -> SpanRole.CHAT;
      case "embedder" -> SpanRole.EMBEDDINGS;
      case "reranker" -> SpanRole.RERANK;
      case "tool", "tool.v2" -> SpanRole.TOOL;
      default -> SpanRole.step(span.word("span", KIND, "genkit:type"));
    };
  }

  @Override
  public Names names(OtlpSpan span) {
    return role(span).equals(SpanRole.TOOL) ? TOOL : NAMES;
  }

  @Override
  public JsonValue content(OtlpSpan span, Field field, JsonValue value) {
    if (field != Field.INPUT && field != Field.OUTPUT) {
      return value;
    }
    return value.isArray()
        ? Json.array(JsonValue.items(value).stream().map(GenkitVocabulary::message).toList())
        : message(value);
  }

  private static JsonValue message(JsonValue value) {
    JsonObject fields = JsonObject.of(value);
    JsonObject message = fields.has("message") ? fields.object("message") : fields;
    String role = message.text("role");
    return JsonObject.NONE
        .with("role", "model".equals(role) ? new JsonValue.Text("assistant") : message.get("role"))
        .with(
            "parts",
            Json.array(
                JsonValue.items(message.get("content")).stream()
                    .map(GenkitVocabulary::part)
                    .toList()));
  }

  private static JsonValue part(JsonValue value) {
    JsonObject part = JsonObject.of(value);
    JsonObject call = part.object("toolRequest");
    JsonObject result = part.object("toolResponse");
    if (part.has("toolRequest")) {
      return typed("tool_call")
          .with("id", call.get("ref"))
          .with("name", call.get("name"))
          .with("arguments", call.get("input"));
    }
    if (part.has("toolResponse")) {
      return typed("tool_call_response")
          .with("id", result.get("ref"))
          .with("name", result.get("name"))
          .with("result", result.get("output"));
    }
    if (part.has("media")) {
      return typed("uri")
          .with("uri", part.object("media").get("url"))
          .with("mime_type", part.object("media").get("contentType"));
    }
    if (part.has("reasoning")) {
      return typed("reasoning").with("content", part.get("reasoning"));
    }
    return part.has("text") ? typed("text").with("content", part.get("text")) : value;
  }

  private static JsonObject typed(String type) {
    return JsonObject.NONE.with("type", new JsonValue.Text(type));
  }

  /** Gemini's output is without its thoughts. */
  @Override
  public boolean countsReasoningApart(OtlpSpan span) {
    String model = span.text("genkit:name");
    return model != null && (model.startsWith("googleai/") || model.startsWith("vertexai/"));
  }

  @Override
  public boolean failed(OtlpSpan span) {
    return span.hasErrorStatus() || "error".equals(span.text("genkit:state"));
  }

  @Override
  public Set<String> harmless() {
    return Set.of("genkit:type", KIND);
  }
}
