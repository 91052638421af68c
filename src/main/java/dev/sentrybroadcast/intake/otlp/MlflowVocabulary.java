package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.generation.SpanRole.Type;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * MLflow Tracing: in names of its own, where every value is JSON in a text, or in those of the
 * conventions.
 *
 * @see <a href="https://mlflow.org/docs/latest/genai/tracing/opentelemetry/">OpenTelemetry</a>
 */
final class MlflowVocabulary implements Vocabulary {

  private static final String TYPE = "mlflow.spanType/";
  private static final String INPUTS = "mlflow.spanInputs";
  private static final String OUTPUTS = "mlflow.spanOutputs";
  private static final String USAGE = "mlflow.chat.tokenUsage/";

  private static final Names COMMON =
      Conventions.NAMES
          .with(Field.INPUT_TOKENS, "gen_ai.usage.input_tokens", USAGE + "input_tokens")
          .with(Field.OUTPUT_TOKENS, "gen_ai.usage.output_tokens", USAGE + "output_tokens")
          .with(Field.TOTAL_TOKENS, USAGE + "total_tokens")
          .with(Field.CACHE_READ_TOKENS, USAGE + "cache_read_input_tokens")
          .with(Field.CACHE_WRITE_TOKENS, USAGE + "cache_creation_input_tokens")
          .with(Field.COST, "mlflow.llm.cost/total_cost")
          .with(Field.INPUT_COST, "mlflow.llm.cost/input_cost")
          .with(Field.OUTPUT_COST, "mlflow.llm.cost/output_cost")
          .with(Field.INPUT, "gen_ai.input.messages", INPUTS)
          .with(Field.OUTPUT, "gen_ai.output.messages", OUTPUTS)
          .with(Field.SESSION, "mlflow.trace.session/")
          .with(Field.USER, "mlflow.trace.user/");

  private static final Names CALL =
      COMMON
          .parameters(INPUTS + "/")
          .parameters("")
          .with(Field.PROVIDER, "gen_ai.provider.name", "mlflow.llm.provider/")
          .with(Field.REQUEST_MODEL, "model/", INPUTS + "/model", "mlflow.llm.model/")
          .with(
              Field.RESPONSE_MODEL, "gen_ai.response.model", OUTPUTS + "/model", "mlflow.llm.model/")
          .with(Field.RESPONSE_ID, "gen_ai.response.id", OUTPUTS + "/id")
          .with(
              Field.FINISH_REASONS,
              "gen_ai.response.finish_reasons",
              OUTPUTS + "/choices/*/finish_reason",
              OUTPUTS + "/stop_reason")
          .with(
              Field.INPUT_TOKENS,
              "gen_ai.usage.input_tokens",
              USAGE + "input_tokens",
              OUTPUTS + "/usage/prompt_tokens")
          .with(
              Field.REASONING_TOKENS,
              OUTPUTS + "/usage/completion_tokens_details/reasoning_tokens",
              OUTPUTS + "/usage/output_tokens_details/reasoning_tokens")
          .with(Field.TOOL_DEFINITIONS, "gen_ai.tool.definitions", "mlflow.chat.tools", "tools");

  private static final Names EMBEDDINGS =
      CALL.only(Field.INPUT)
          .only(Field.OUTPUT)
          .with(Field.EMBEDDINGS_INPUT, INPUTS + "/input", "input", INPUTS);

  private static final Names TOOL =
      COMMON
          .only(Field.INPUT)
          .only(Field.OUTPUT)
          .with(Field.TOOL_ARGUMENTS, "gen_ai.tool.call.arguments", INPUTS)
          .with(Field.TOOL_RESULT, "gen_ai.tool.call.result", OUTPUTS);

  @Override
  public boolean matches(OtlpSpan span) {
    return span.scope().startsWith("mlflow.tracing") || span.has("mlflow.spanType");
  }

  @Override
  public SpanRole role(OtlpSpan span) {
    String type = span.word("", TYPE).toLowerCase(Locale.ROOT);
    return switch (type) {
      case "chat_model", "llm" -> Operations.callOf(span.text("mlflow.llm.model/"));
      case "embedding" -> SpanRole.EMBEDDINGS;
      case "reranker" -> SpanRole.RERANK;
      case "tool" -> SpanRole.TOOL;
      case "agent" -> SpanRole.AGENT;
      case "" -> Conventions.roleOf(span);
      default -> SpanRole.step(type);
    };
  }

  @Override
  public Names names(OtlpSpan span) {
    SpanRole role = role(span);
    return switch (role.type()) {
      case MODEL_CALL -> role.equals(SpanRole.EMBEDDINGS) ? EMBEDDINGS : CALL;
      case TOOL -> TOOL;
      default -> COMMON;
    };
  }

  @Override
  public JsonValue content(Field field, JsonValue value) {
    return Json.arguments(value);
  }

  @Override
  public @Nullable String nameInSpanName(OtlpSpan span, SpanRole role) {
    String name = Conventions.afterOperation(span.name(), role);
    boolean isNamed = role.is(Type.AGENT) || role.is(Type.TOOL);
    return name == null && isNamed && span.has(TYPE) ? span.name() : name;
  }
}
