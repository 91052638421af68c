package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Versions 4 to 6 of the Vercel AI SDK, and the legacy spans of version 7. A call of the SDK is a
 * step, below which each request to a model is a span; only the latter count.
 *
 * @see <a href="https://ai-sdk.dev/docs/ai-sdk-core/telemetry">Telemetry</a>
 */
final class VercelAiVocabulary implements Vocabulary {

  private static final String METADATA = "ai.telemetry.metadata.";
  private static final String PROVIDER_DATA = "ai.response.providerMetadata/";

  private static final Names NAMES =
      Conventions.NAMES
          .with(Field.PROVIDER, "ai.model.provider")
          .with(Field.REQUEST_MODEL, "ai.model.id")
          .with(Field.RESPONSE_MODEL, "ai.response.model")
          .with(Field.RESPONSE_ID, "ai.response.id")
          .with(Field.FINISH_REASONS, "ai.response.finishReason")
          .with(Field.FIRST_TOKEN_MILLIS, "ai.response.msToFirstChunk")
          .with(
              Field.INPUT_TOKENS,
              "gen_ai.usage.input_tokens",
              "ai.usage.inputTokens",
              "ai.usage.promptTokens",
              "ai.usage.tokens")
          .with(
              Field.OUTPUT_TOKENS,
              "gen_ai.usage.output_tokens",
              "ai.usage.outputTokens",
              "ai.usage.completionTokens")
          .with(Field.TOTAL_TOKENS, "ai.usage.totalTokens")
          .with(
              Field.CACHE_READ_TOKENS,
              "ai.usage.inputTokenDetails.cacheReadTokens",
              "ai.usage.cachedInputTokens",
              PROVIDER_DATA + "openai/cachedPromptTokens",
              PROVIDER_DATA + "anthropic/cacheReadInputTokens",
              PROVIDER_DATA + "anthropic/usage/cache_read_input_tokens")
          .with(
              Field.CACHE_WRITE_TOKENS,
              "ai.usage.inputTokenDetails.cacheWriteTokens",
              PROVIDER_DATA + "anthropic/cacheCreationInputTokens",
              PROVIDER_DATA + "anthropic/usage/cache_creation_input_tokens")
          .with(
              Field.REASONING_TOKENS,
              "ai.usage.outputTokenDetails.reasoningTokens",
              "ai.usage.reasoningTokens",
              PROVIDER_DATA + "openai/reasoningTokens")
          .with(Field.INPUT, "ai.prompt.messages", "ai.prompt")
          .with(Field.OUTPUT, "ai.response.{text,reasoning,toolCalls,object,files}")
          .with(Field.TOOL_DEFINITIONS, "ai.prompt.tools")
          .with(Field.EMBEDDINGS_INPUT, "ai.value", "ai.values")
          .with(Field.TOOL_NAME, "ai.toolCall.name")
          .with(Field.TOOL_CALL_ID, "ai.toolCall.id")
          .with(Field.TOOL_ARGUMENTS, "ai.toolCall.args")
          .with(Field.TOOL_RESULT, "ai.toolCall.result")
          .with(Field.USER, METADATA + "userId", METADATA + "user_id")
          .with(Field.SESSION, METADATA + "sessionId", METADATA + "session_id");

  @Override
  public boolean matches(OtlpSpan span) {
    return span.has("ai.operationId");
  }

  @Override
  public SpanRole role(OtlpSpan span) {
    String id = span.word("", "ai.operationId");
    return switch (id.substring(id.lastIndexOf('.') + 1)) {
      case "doGenerate", "doStream" -> SpanRole.CHAT;
      case "doEmbed" -> SpanRole.EMBEDDINGS;
      case "doRerank" -> SpanRole.RERANK;
      case "toolCall" -> SpanRole.TOOL;
      default -> SpanRole.step(id);
    };
  }

  @Override
  public Names names(OtlpSpan span) {
    return NAMES;
  }

  @Override
  public JsonValue content(OtlpSpan span, Field field, JsonValue value) {
    return switch (field) {
      case INPUT -> input(Json.inText(value));
      case OUTPUT -> output(JsonObject.of(value));
      case EMBEDDINGS_INPUT, TOOL_RESULT -> Json.inText(value);
      default -> value;
    };
  }

  private static JsonValue input(JsonValue prompt) {
    JsonObject wrapper = JsonObject.of(prompt);
    JsonValue messages = wrapper.get("messages");
    if (messages != null) {
      return wrapper.with("messages", input(messages));
    }
    return prompt.isArray()
        ? Json.array(JsonValue.items(prompt).stream().map(VercelAiVocabulary::message).toList())
        : prompt;
  }

  private static JsonValue message(JsonValue message) {
    JsonObject fields = JsonObject.of(message);
    return fields.get("content") instanceof JsonValue.Array(var parts)
        ? JsonObject.NONE
            .with("role", fields.get("role"))
            .with("parts", Json.array(parts.stream().map(VercelAiVocabulary::part).toList()))
        : message;
  }

  private static JsonValue part(JsonValue part) {
    JsonObject fields = JsonObject.of(part);
    String type = fields.text("type");
    return switch (type == null ? "" : type) {
      case "tool-call" -> toolCall(fields);
      case "tool-result" -> toolResult(fields);
      case "text", "reasoning" -> fields.with("content", fields.get("text"));
      default -> part;
    };
  }

  private static JsonObject toolCall(JsonObject call) {
    return JsonObject.NONE
        .with("type", new JsonValue.Text("tool_call"))
        .with("id", call.get("toolCallId"))
        .with("name", call.get("toolName"))
        .with("arguments", inner(call.first("input", "args")));
  }

  /** Version 5 and later wrap a result in its type. */
  private static JsonObject toolResult(JsonObject result) {
    JsonValue output = result.first("output", "result");
    JsonValue value = JsonObject.of(output).get("value");
    return JsonObject.NONE
        .with("type", new JsonValue.Text("tool_call_response"))
        .with("id", result.get("toolCallId"))
        .with("name", result.get("toolName"))
        .with("result", value == null ? output : value);
  }

  private static @Nullable JsonValue inner(@Nullable JsonValue value) {
    return value == null ? null : Json.inText(value);
  }

  /** One message of what stands in an attribute for each kind of answer. */
  private static JsonValue output(JsonObject answer) {
    List<JsonValue> parts = new ArrayList<>();
    JsonValue reasoning = answer.get("reasoning");
    if (reasoning != null && !reasoning.isBlank()) {
      parts.add(part("reasoning", reasoning));
    }
    for (String field : List.of("text", "object")) {
      JsonValue text = answer.get(field);
      if (text != null && !text.isBlank()) {
        parts.add(part("text", text));
      }
    }
    JsonValue calls = inner(answer.get("toolCalls"));
    JsonValue.items(calls).forEach(call -> parts.add(toolCall(JsonObject.of(call))));
    JsonValue.items(inner(answer.get("files"))).forEach(file -> parts.add(Json.inText(file)));
    return JsonObject.NONE
        .with("role", new JsonValue.Text("assistant"))
        .with("parts", Json.array(parts));
  }

  private static JsonObject part(String type, JsonValue content) {
    return JsonObject.NONE.with("type", new JsonValue.Text(type)).with("content", content);
  }

  @Override
  public Set<String> harmless() {
    return Set.of("ai.operationId");
  }
}
