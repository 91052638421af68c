package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import java.util.Locale;

/** Products for tracing, with SDKs and instrumentations of their own. */
final class TracingTools {

  private static final String ANY_NAME = "(.+)";

  private static final Names LANGFUSE_COMMON =
      Conventions.NAMES
          .usage("langfuse.observation.usage_details/")
          .with(
              """
              cost langfuse.observation.cost_details/total
              input_cost langfuse.observation.cost_details/input
              output_cost langfuse.observation.cost_details/output
              input langfuse.observation.input
              output langfuse.observation.output
              error_message langfuse.observation.status_message
              prompt_name langfuse.observation.prompt.name
              prompt_version langfuse.observation.prompt.version
              user user.id langfuse.user.id
              session session.id langfuse.session.id
              environment langfuse.environment
              release langfuse.release
              """);

  private static final Names LANGFUSE_CALL =
      LANGFUSE_COMMON
          .parameters("langfuse.observation.model.parameters/")
          .with(
              """
              provider langfuse.observation.metadata.ls_provider/
              request_model langfuse.observation.metadata.ls_model_name/
              request_model langfuse.observation.model.name
              response_model langfuse.observation.model.name
              first_token_time langfuse.observation.completion_start_time
              system langfuse.observation.metadata.instructions
              tool_definitions gen_ai.tool.definitions langfuse.observation.input/tools
              tool_definitions langfuse.observation.metadata.tools
              """);

  private static final Names LANGFUSE_TOOL =
      LANGFUSE_COMMON
          .withoutMessages()
          .with(
              """
              tool_arguments langfuse.observation.input
              tool_result langfuse.observation.output
              tool_call_id langfuse.observation.metadata.tool_call_id/
              """);

  /**
   * Langfuse's SDKs in Python (from version 3) and JavaScript (from version 4), with their wrappers
   * of OpenAI and LangChain. In its own names it counts cache and reasoning apart; the provider's
   * names keep the provider's meaning. TanStack AI writes the same attributes beside its own.
   *
   * @see <a href="https://langfuse.com/integrations/native/opentelemetry">Attributes</a>
   */
  static final Vocabulary LANGFUSE =
      Vocabulary.of(span ->
              span.scope().equals("langfuse-sdk")
                  || (span.text("langfuse.observation.type") != null && !span.hasAny("tanstack.")))
          .names(
              LANGFUSE_CALL,
              LANGFUSE_CALL.withoutMessages().with("embeddings_input langfuse.observation.input"),
              LANGFUSE_TOOL,
              LANGFUSE_COMMON)
          .role(span ->
              switch (span.word("span", "langfuse.observation.type")) {
                case "generation" ->
                    Conventions.callOf(span.text("langfuse.observation.model.name"));
                case "embedding" -> SpanRole.EMBEDDINGS;
                case "tool" -> SpanRole.TOOL;
                case "agent" -> SpanRole.AGENT;
                case String type -> SpanRole.step(type);
              })
          .content((_, field, value) ->
              field == Field.INPUT || field == Field.TOOL_ARGUMENTS ? Json.arguments(value) : value)
          .countsCacheApart(span -> span.has("langfuse.observation.usage_details/input"))
          .countsReasoningApart(span -> span.has("langfuse.observation.usage_details/output"))
          .failed(span -> "ERROR".equals(span.text("langfuse.observation.level")))
          .spanName(ANY_NAME);

  private static final Names LANG_SMITH_COMMON =
      Conventions.NAMES
          .under(
              "langsmith.metadata.",
              """
              session session_id thread_id conversation_id
              user user_id
              """)
          .with("agent_name gen_ai.agent.name langsmith.metadata.lc_agent_name");

  private static final Names LANG_SMITH_CALL =
      LANG_SMITH_COMMON
          .parameters("langsmith.metadata.ls_")
          .parameters("gen_ai.prompt/")
          .usage("langsmith.metadata.usage_metadata/")
          .usage("gen_ai.usage.")
          .finishReasons("gen_ai.completion/")
          .under(
              "gen_ai.completion/generations/0/0/message/kwargs/response_metadata/",
              """
              response_model model_name
              response_id id
              """)
          .with(
              """
              finish_reasons gen_ai.response.finish_reasons
              provider langsmith.metadata.ls_provider
              request_model gen_ai.request.model langsmith.metadata.ls_model_name
              response_model gen_ai.response.model gen_ai.completion/model
              response_id gen_ai.response.id gen_ai.completion/id
              tool_definitions gen_ai.tool.definitions gen_ai.prompt/tools
              """);

  /**
   * LangSmith's export over OpenTelemetry, in Python and JavaScript: runs of LangChain and calls of
   * its wrappers. Prompt and completion hold the whole request and response; prompts and retrievers
   * have operations of model calls. In JavaScript a run that failed has a good status.
   *
   * @see <a href="https://docs.langchain.com/langsmith/trace-with-opentelemetry">OpenTelemetry</a>
   */
  static final Vocabulary LANG_SMITH =
      Vocabulary.of(
              span -> span.scope().equals("langsmith") || span.text("langsmith.span.kind") != null)
          .names(
              LANG_SMITH_CALL,
              LANG_SMITH_CALL
                  .withoutMessages()
                  .with("embeddings_input gen_ai.prompt/input gen_ai.prompt"),
              LANG_SMITH_COMMON
                  .withoutMessages()
                  .with(
                      """
                      tool_arguments gen_ai.prompt
                      tool_result gen_ai.completion
                      """),
              LANG_SMITH_COMMON)
          .role(span ->
              switch (span.word("", "langsmith.span.kind")) {
                case "llm" -> langSmithCall(span);
                case "embedding" -> SpanRole.EMBEDDINGS;
                case "tool" -> SpanRole.TOOL;
                // The runs within an agent have its name as well.
                case "chain" ->
                    span.name().equals(span.text("langsmith.metadata.lc_agent_name"))
                        ? SpanRole.AGENT
                        : SpanRole.step("chain");
                case "" -> Conventions.roleOf(span);
                case String kind -> SpanRole.step(kind);
              })
          .failed(span -> span.exception() != null)
          .spanName(ANY_NAME);

  private static final Names MLFLOW_COMMON =
      Conventions.NAMES
          .usage("mlflow.chat.tokenUsage/")
          .with(
              """
              cost mlflow.llm.cost/total_cost
              input_cost mlflow.llm.cost/input_cost
              output_cost mlflow.llm.cost/output_cost
              input gen_ai.input.messages mlflow.spanInputs
              output gen_ai.output.messages mlflow.spanOutputs
              session mlflow.trace.session/
              user mlflow.trace.user/
              """);

  private static final Names MLFLOW_CALL =
      MLFLOW_COMMON
          .parameters("mlflow.spanInputs/")
          .parameters("")
          .finishReasons("mlflow.spanOutputs/")
          .usage("mlflow.spanOutputs/usage/")
          .usage("mlflow.chat.tokenUsage/")
          .with(
              """
              provider gen_ai.provider.name mlflow.llm.provider/
              request_model model/ mlflow.spanInputs/model mlflow.llm.model/
              response_model gen_ai.response.model mlflow.spanOutputs/model mlflow.llm.model/
              response_id gen_ai.response.id mlflow.spanOutputs/id
              finish_reasons gen_ai.response.finish_reasons
              tool_definitions gen_ai.tool.definitions mlflow.chat.tools tools
              """);

  /**
   * MLflow Tracing: in names of its own, where every value is JSON in a text, or in those of the
   * conventions.
   *
   * @see <a href="https://mlflow.org/docs/latest/genai/tracing/opentelemetry/">OpenTelemetry</a>
   */
  static final Vocabulary MLFLOW =
      Vocabulary.of(
              span -> span.scope().startsWith("mlflow.tracing") || span.has("mlflow.spanType"))
          .names(
              MLFLOW_CALL,
              MLFLOW_CALL
                  .withoutMessages()
                  .with("embeddings_input mlflow.spanInputs/input input mlflow.spanInputs"),
              MLFLOW_COMMON
                  .withoutMessages()
                  .with(
                      """
                      tool_arguments gen_ai.tool.call.arguments mlflow.spanInputs
                      tool_result gen_ai.tool.call.result mlflow.spanOutputs
                      """),
              MLFLOW_COMMON)
          .role(span ->
              switch (span.word("", "mlflow.spanType/").toLowerCase(Locale.ROOT)) {
                case "chat_model", "llm" -> Conventions.callOf(span.text("mlflow.llm.model/"));
                case "embedding" -> SpanRole.EMBEDDINGS;
                case "reranker" -> SpanRole.RERANK;
                case "tool" -> SpanRole.TOOL;
                case "agent" -> SpanRole.AGENT;
                case "" -> Conventions.roleOf(span);
                case String type -> SpanRole.step(type);
              })
          .content((_, _, value) -> Json.arguments(value))
          .spanName("(?:execute_tool |invoke_agent )?(.+)");

  private TracingTools() {}

  private static SpanRole langSmithCall(OtlpSpan span) {
    SpanRole said = Conventions.roleOf(span);
    SpanRole call = Conventions.callOf(span.text("gen_ai.request.model"));
    return said.is(SpanRole.Type.MODEL_CALL) && !call.equals(SpanRole.EMBEDDINGS) ? said : call;
  }
}
