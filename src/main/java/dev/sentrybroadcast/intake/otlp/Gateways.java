package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.List;
import java.util.stream.Stream;

/** Gateways that trace the calls that they pass on. */
final class Gateways {

  private static final Names LITE_LLM_CALL =
      Conventions.NAMES.with(
          """
          cost gen_ai.cost.total_cost hidden_params/response_cost
          user metadata.user_api_key_end_user_id llm.user
          session metadata.session_id metadata.requester_metadata/session_id
          error_message error.message
          http_status error.code
          """);

  private static final Names LITE_LLM_EMBEDDINGS =
      LITE_LLM_CALL.with("embeddings_input gen_ai.input.messages").only("input");

  /**
   * LiteLLM's {@code otel} callback: the conventions, with its call types as operations and an
   * answer's tool calls apart from its messages. A request that failed early has no type.
   *
   * @see <a
   *     href="https://docs.litellm.ai/docs/observability/opentelemetry_integration">OpenTelemetry</a>
   */
  static final Vocabulary LITE_LLM =
      Vocabulary.of(span -> span.scope().equals("litellm"))
          .names(
              (_, role) -> role.equals(SpanRole.EMBEDDINGS) ? LITE_LLM_EMBEDDINGS : LITE_LLM_CALL)
          .role(span -> {
            boolean hasType = span.has("gen_ai.operation.name") || span.has("llm.request.type");
            return !hasType && span.name().equals("litellm_request")
                ? Conventions.callOf(span.text("gen_ai.request.model"))
                : Conventions.roleOf(span);
          })
          .content((span, field, value) -> field == Field.OUTPUT ? withCalls(span, value) : value);

  /**
   * OpenRouter's Broadcast. It names the model's author as provider, and who served it in its
   * metadata. It marks the upstreams that it tried by their response's id.
   *
   * @see <a href="https://openrouter.ai/docs/guides/features/broadcast/webhook">Webhook</a>
   */
  static final Vocabulary OPEN_ROUTER =
      Vocabulary.of(span ->
              span.scope().equals("openrouter")
                  || span.text("trace.metadata.openrouter.source") != null)
          .names(
              Conventions.NAMES.with(
                  """
                  provider trace.metadata.openrouter.provider_name
                  native_finish_reason trace.metadata.openrouter.finish_reason
                  streamed trace.metadata.openrouter_generation.streamed
                  first_token_millis trace.metadata.openrouter.first_token_ms
                  input gen_ai.prompt span.input trace.input
                  output gen_ai.completion span.output trace.output
                  tool_definitions gen_ai.completion/rawRequest/tools
                  http_status span.metadata.status
                  api_key_name trace.metadata.openrouter.api_key_name
                  app_name trace.metadata.openrouter_generation.app.title
                  """))
          .role(span -> {
            String id = span.text("gen_ai.response.id");
            SpanRole role = Conventions.roleOf(span);
            return id != null && id.contains(":attempt-")
                ? SpanRole.ATTEMPT
                : role.is(SpanRole.Type.STEP) && Conventions.saysModel(span) ? SpanRole.CHAT : role;
          });

  private Gateways() {}

  /** The answer, with the calls that stand apart from it, unless they stand in it, too. */
  private static JsonValue withCalls(OtlpSpan span, JsonValue answer) {
    JsonValue apart = span.attributes().get("gen_ai.completion.*");
    List<JsonObject> calls =
        JsonValue.items(apart).stream()
            .map(item -> JsonObject.of(item).object("function_call"))
            .filter(call -> !call.isEmpty())
            .toList();
    if (calls.isEmpty() || span.has("gen_ai.output.messages/*/parts/*/name")) {
      return answer;
    }
    JsonObject asked =
        JsonObject.NONE.with("role", "assistant").with("tool_calls", Json.array(calls));
    Stream<JsonValue> said = answer.equals(apart) ? Stream.of() : Json.itemsIn(answer).stream();
    return Json.array(Stream.concat(said, Stream.of(asked)).toList());
  }
}
