package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.List;
import java.util.stream.Stream;

/**
 * LiteLLM's {@code otel} callback: the conventions, with its call types as operations and an
 * answer's tool calls apart from its messages.
 *
 * @see <a
 *     href="https://docs.litellm.ai/docs/observability/opentelemetry_integration">OpenTelemetry</a>
 */
final class LiteLlmVocabulary implements Vocabulary {

  private static final Names NAMES =
      Conventions.NAMES
          .with(Field.COST, "gen_ai.cost.total_cost", "hidden_params/response_cost")
          .with(Field.USER, "metadata.user_api_key_end_user_id", "llm.user")
          .under("metadata.", Field.SESSION, "session_id", "requester_metadata/session_id")
          .with(Field.ERROR_MESSAGE, "error.message")
          .with(Field.HTTP_STATUS, "error.code");

  @Override
  public boolean matches(OtlpSpan span) {
    return span.scope().equals("litellm");
  }

  /** A request that failed early has no type. */
  @Override
  public SpanRole role(OtlpSpan span) {
    boolean hasType = span.has("gen_ai.operation.name") || span.has("llm.request.type");
    return !hasType && span.name().equals("litellm_request")
        ? Operations.callOf(span.text("gen_ai.request.model"))
        : Conventions.roleOf(span);
  }

  @Override
  public Names names(OtlpSpan span) {
    return role(span).equals(SpanRole.EMBEDDINGS)
        ? NAMES.with(Field.EMBEDDINGS_INPUT, "gen_ai.input.messages").only(Field.INPUT)
        : NAMES;
  }

  @Override
  public JsonValue content(OtlpSpan span, Field field, JsonValue value) {
    JsonValue apart = span.attributes().get("gen_ai.completion.*");
    List<JsonObject> calls =
        JsonValue.items(apart).stream()
            .map(item -> JsonObject.of(item).object("function_call"))
            .filter(call -> !call.isEmpty())
            .toList();
    boolean isSaid =
        JsonValue.items(span.attributes().get("gen_ai.output.messages/*/parts/*/name")).size() > 0;
    if (field != Field.OUTPUT || calls.isEmpty() || isSaid) {
      return value;
    }
    JsonObject asked =
        Json.object("role", new JsonValue.Text("assistant")).with("tool_calls", Json.array(calls));
    Stream<JsonValue> said =
        value.equals(apart) ? Stream.of() : JsonValue.items(Json.inText(value)).stream();
    return Json.array(Stream.concat(said, Stream.of(asked)).toList());
  }
}
