package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** Frameworks in JavaScript that trace themselves. */
final class JavaScriptFrameworks {

  private static final Names GENKIT_TOOL =
      Conventions.NAMES.with(
          """
          tool_name genkit:name
          tool_arguments genkit:input/
          tool_result genkit:output/
          """);

  private static final Names GENKIT_CALL =
      Conventions.NAMES.with(
          """
          request_model genkit:name
          response_model genkit:output/raw/model genkit:output/raw/modelVersion
          response_model genkit:output/custom/model genkit:output/custom/modelVersion
          response_id genkit:output/raw/id genkit:output/custom/id
          temperature genkit:input/config/temperature
          top_p genkit:input/config/topP
          top_k genkit:input/config/topK
          max_tokens genkit:input/config/maxOutputTokens
          finish_reasons genkit:output/finishReason
          input_tokens genkit:output/usage/inputTokens
          output_tokens genkit:output/usage/outputTokens
          total_tokens genkit:output/usage/totalTokens
          cache_read_tokens genkit:output/usage/cachedContentTokens
          reasoning_tokens genkit:output/usage/thoughtsTokens
          input genkit:input/messages
          output genkit:output/message genkit:output/candidates
          tool_definitions genkit:input/tools
          embeddings_input genkit:input/input genkit:input/
          """);

  /**
   * Genkit. Its spans hold the action's input and output as JSON, usage and model among them. The
   * output tokens of Gemini are without its thoughts.
   *
   * @see <a href="https://genkit.dev/docs/observability/telemetry-collection/">Telemetry</a>
   */
  static final Vocabulary GENKIT =
      Vocabulary.of(span -> span.scope().startsWith("genkit") || span.has("genkit:type"))
          .names((_, role) -> role.is(SpanRole.Type.TOOL) ? GENKIT_TOOL : GENKIT_CALL)
          .role(span ->
              switch (span.word("", "genkit:metadata:subtype")) {
                case "model", "background-model" -> SpanRole.CHAT;
                case "embedder" -> SpanRole.EMBEDDINGS;
                case "reranker" -> SpanRole.RERANK;
                case "tool", "tool.v2" -> SpanRole.TOOL;
                default ->
                    SpanRole.step(span.word("span", "genkit:metadata:subtype", "genkit:type"));
              })
          .countsReasoningApart(span -> {
            String model = span.text("genkit:name");
            return model != null
                && (model.startsWith("googleai/") || model.startsWith("vertexai/"));
          })
          .failed(span -> "error".equals(span.text("genkit:state")))
          .harmless("genkit:type", "genkit:metadata:subtype");

  /**
   * Mastra. It follows the conventions; a failed call has no error status, and the session stands
   * in its metadata.
   *
   * @see <a href="https://mastra.ai/docs/observability/tracing/exporters/otel">Exporter</a>
   */
  static final Vocabulary MASTRA =
      Vocabulary.of(span -> span.scope().startsWith("@mastra/") || span.has("mastra.span.type"))
          .names(
              Conventions.NAMES.with(
                  """
                  user mastra.metadata.userId
                  session mastra.metadata.sessionId mastra.metadata.threadId
                  error_message error.message
                  """))
          .failed(span -> {
            String reasons = span.text("gen_ai.response.finish_reasons");
            return reasons != null && reasons.contains("\"error\"");
          });

  private static final Names TAN_STACK_CALL =
      Conventions.NAMES.with(
          """
          input gen_ai.input.messages langfuse.observation.input
          output gen_ai.output.messages langfuse.observation.output
          """);

  private static final Names TAN_STACK_TOOL =
      Conventions.NAMES.with(
          """
          tool_arguments gen_ai.input.messages/ langfuse.observation.input/
          tool_result gen_ai.output.messages/ langfuse.observation.output/
          """);

  /**
   * TanStack AI. Its root span has the sums of its calls and no operation; a tool's arguments and
   * result are the content of one message each.
   *
   * @see <a href="https://tanstack.com/ai/latest/docs">TanStack AI</a>
   */
  static final Vocabulary TAN_STACK =
      Vocabulary.of(span -> span.hasAny("tanstack.ai."))
          .names((span, _) -> isTanStackTool(span) ? TAN_STACK_TOOL : TAN_STACK_CALL)
          .role(span ->
              isTanStackTool(span)
                  ? SpanRole.TOOL
                  : span.has("gen_ai.operation.name")
                      ? Conventions.roleOf(span)
                      : SpanRole.step("run"))
          .content((_, field, value) ->
              field == Field.TOOL_ARGUMENTS || field == Field.TOOL_RESULT ? said(value) : value);

  /**
   * Versions 4 to 6 of the Vercel AI SDK, and the legacy spans of version 7. A call of the SDK is a
   * step, below which each request to a model is a span; only the latter count.
   *
   * @see <a href="https://ai-sdk.dev/docs/ai-sdk-core/telemetry">Telemetry</a>
   */
  static final Vocabulary VERCEL_AI =
      Vocabulary.of(span -> span.has("ai.operationId"))
          .names(
              Conventions.NAMES
                  .under(
                      "ai.response.providerMetadata/",
                      """
                      cache_read_tokens openai/cachedPromptTokens anthropic/cacheReadInputTokens
                      cache_read_tokens anthropic/usage/cache_read_input_tokens
                      cache_write_tokens anthropic/cacheCreationInputTokens
                      cache_write_tokens anthropic/usage/cache_creation_input_tokens
                      reasoning_tokens openai/reasoningTokens
                      """)
                  .with(
                      """
                      provider ai.model.provider
                      request_model ai.model.id
                      response_model ai.response.model
                      response_id ai.response.id
                      finish_reasons ai.response.finishReason
                      first_token_millis ai.response.msToFirstChunk
                      input_tokens gen_ai.usage.input_tokens ai.usage.inputTokens
                      input_tokens ai.usage.promptTokens ai.usage.tokens
                      output_tokens gen_ai.usage.output_tokens ai.usage.outputTokens
                      output_tokens ai.usage.completionTokens
                      total_tokens ai.usage.totalTokens
                      cache_read_tokens ai.usage.inputTokenDetails.cacheReadTokens
                      cache_read_tokens ai.usage.cachedInputTokens
                      cache_write_tokens ai.usage.inputTokenDetails.cacheWriteTokens
                      reasoning_tokens ai.usage.outputTokenDetails.reasoningTokens
                      reasoning_tokens ai.usage.reasoningTokens
                      input ai.prompt.messages ai.prompt
                      output ai.response.{text,reasoning,toolCalls,object,files}
                      tool_definitions ai.prompt.tools
                      embeddings_input ai.value ai.values
                      tool_name ai.toolCall.name
                      tool_call_id ai.toolCall.id
                      tool_arguments ai.toolCall.args
                      tool_result ai.toolCall.result
                      user ai.telemetry.metadata.userId ai.telemetry.metadata.user_id
                      session ai.telemetry.metadata.sessionId ai.telemetry.metadata.session_id
                      """))
          .role(span -> {
            String id = span.word("", "ai.operationId");
            return switch (id.substring(id.lastIndexOf('.') + 1)) {
              case "doGenerate", "doStream" -> SpanRole.CHAT;
              case "doEmbed" -> SpanRole.EMBEDDINGS;
              case "doRerank" -> SpanRole.RERANK;
              case "toolCall" -> SpanRole.TOOL;
              default -> SpanRole.step(id);
            };
          })
          .content(
              (_, field, value) -> field == Field.OUTPUT ? answer(JsonObject.of(value)) : value)
          .harmless("ai.operationId");

  private JavaScriptFrameworks() {}

  private static boolean isTanStackTool(OtlpSpan span) {
    return !span.has("gen_ai.operation.name") && span.has("gen_ai.tool.name");
  }

  /** The content of a message that is the only one. */
  private static JsonValue said(JsonValue messages) {
    List<JsonValue> items = JsonValue.items(messages);
    JsonObject only = JsonObject.of(items.size() == 1 ? items.getFirst() : messages);
    return only.has("content") ? Json.inner(only, "content") : messages;
  }

  /** One message of what stands in an attribute for each kind of answer. */
  private static JsonValue answer(JsonObject answer) {
    List<JsonValue> parts = new ArrayList<>();
    for (String kind : List.of("reasoning", "text", "object")) {
      JsonValue said = answer.get(kind);
      if (said != null && !said.isBlank()) {
        String type = kind.equals("reasoning") ? kind : "text";
        parts.add(JsonObject.NONE.with("type", type).with("content", said));
      }
    }
    for (JsonValue call : Json.itemsIn(answer.get("toolCalls"))) {
      parts.add(JsonObject.of(call).with("type", "tool-call"));
    }
    Json.itemsIn(answer.get("files")).forEach(file -> parts.add(Json.inText(file)));
    return JsonObject.NONE.with("role", "assistant").with("parts", Json.array(parts));
  }
}
