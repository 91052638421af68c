package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
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

  private static final Names COMMON =
      Conventions.NAMES
          .usage("mlflow.chat.tokenUsage/")
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
          .with(Field.RESPONSE_MODEL, OUTPUTS + "/model", "mlflow.llm.model/")
          .with(Field.RESPONSE_MODEL, "gen_ai.response.model")
          .with(Field.RESPONSE_ID, "gen_ai.response.id", OUTPUTS + "/id")
          .finishReasons(OUTPUTS + "/")
          .with(Field.FINISH_REASONS, "gen_ai.response.finish_reasons")
          .usage(OUTPUTS + "/usage/")
          .usage("mlflow.chat.tokenUsage/")
          .with(Field.TOOL_DEFINITIONS, "gen_ai.tool.definitions", "mlflow.chat.tools", "tools");

  private static final Names EMBEDDINGS = CALL.ofEmbeddings(INPUTS + "/input", "input", INPUTS);

  private static final Names TOOL =
      COMMON
          .ofTool(INPUTS, OUTPUTS)
          .with(Field.TOOL_ARGUMENTS, "gen_ai.tool.call.arguments")
          .with(Field.TOOL_RESULT, "gen_ai.tool.call.result");

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
    return Names.of(role(span), CALL, EMBEDDINGS, TOOL, COMMON);
  }

  @Override
  public JsonValue content(Field field, JsonValue value) {
    return Json.arguments(value);
  }

  @Override
  public @Nullable String nameInSpanName(OtlpSpan span, SpanRole role) {
    String name = Conventions.afterOperation(span.name(), role);
    boolean isNamed = role.is(SpanRole.Type.AGENT) || role.is(SpanRole.Type.TOOL);
    return name == null && isNamed && span.has(TYPE) ? span.name() : name;
  }
}
