package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import java.util.stream.Stream;

/** Frameworks for agents that trace themselves. */
final class Frameworks {

  /** Agents, tools and workflows have no operation, and costs names of their own. */
  static final Vocabulary AJOLOPY =
      Vocabulary.of(span -> span.scope().equals("ajolopy") || span.scope().startsWith("ajolopy."))
          .names(
              Conventions.NAMES.with(
                  """
                  cost gen_ai.cost_usd ajolopy.cost_usd.total
                  input_cost gen_ai.cost_usd.input
                  output_cost gen_ai.cost_usd.output
                  cache_read_cost gen_ai.cost_usd.cache_read
                  cache_write_cost gen_ai.cost_usd.cache_creation
                  streamed ajolopy.streaming
                  agent_name ajolopy.agent.name
                  """))
          .role(span -> {
            String first = span.name().split(" ", 2)[0];
            return switch (span.has("gen_ai.operation.name") ? "" : first) {
              case "agent.invoke" -> SpanRole.AGENT;
              case "execute_tool" -> SpanRole.TOOL;
              case "workflow.invoke", "mcp.call_tool", "eval.run", "eval.case" ->
                  SpanRole.step(first);
              default -> Conventions.roleOf(span);
            };
          })
          .spanName("agent\\.invoke (.*)")
          .harmless("ajolopy.agent.operation");

  /**
   * Claude Code. Input tokens are without those of the cache.
   *
   * @see <a href="https://code.claude.com/docs/en/monitoring-usage">Monitoring</a>
   */
  static final Vocabulary CLAUDE_CODE =
      Vocabulary.of(span ->
              span.scope().startsWith("com.anthropic.claude_code")
                  || span.name().startsWith("claude_code."))
          .names(
              Conventions.NAMES.with(
                  """
                  request_model gen_ai.request.model model
                  finish_reasons stop_reason
                  first_token_millis ttft_ms
                  input_tokens input_tokens
                  output_tokens output_tokens
                  cache_read_tokens cache_read_tokens
                  cache_write_tokens cache_creation_tokens
                  cost cost_usd
                  input user_prompt
                  tool_name tool_name
                  tool_arguments tool_input full_command file_path
                  tool_result tool_output output
                  http_status status_code
                  error_message error
                  """))
          .role(span ->
              switch (span.word("span", "span.type")) {
                case "llm_request" -> SpanRole.CHAT;
                case "tool" -> SpanRole.TOOL;
                case String type -> SpanRole.step(type);
              })
          .countsCacheApart(_ -> true)
          .failed(span -> "false".equals(span.text("success")))
          .harmless("span.type");

  private static final Names ADK =
      Conventions.NAMES.with(
          """
          session gen_ai.conversation.id gcp.vertex.agent.session_id
          tool_call_id gen_ai.tool_call.id
          tool_arguments gcp.vertex.agent.tool_call_args
          tool_result gcp.vertex.agent.tool_response
          """);

  private static final Names ADK_CALL =
      ADK.parameters("gcp.vertex.agent.llm_request/config/")
          .finishReasons("gcp.vertex.agent.llm_response/")
          .usage("gcp.vertex.agent.llm_response/usageMetadata/")
          .usage("gcp.vertex.agent.llm_response/usage_metadata/")
          .with(
              """
              request_model gen_ai.request.model gcp.vertex.agent.llm_request/model
              response_model gen_ai.response.model gcp.vertex.agent.llm_response/modelVersion
              response_model gcp.vertex.agent.llm_response/model_version
              finish_reasons gen_ai.response.finish_reasons
              input gen_ai.input.messages gcp.vertex.agent.llm_request
              output gen_ai.output.messages gcp.vertex.agent.llm_response
              system gen_ai.system_instructions
              system gcp.vertex.agent.llm_request/config/systemInstruction
              system gcp.vertex.agent.llm_request/config/system_instruction
              tool_definitions gen_ai.tool.definitions gcp.vertex.agent.llm_request/config/tools
              """);

  /**
   * Google's Agent Development Kit: whole requests and responses of Gemini beside some of the
   * conventions' names. A call that failed has only its name.
   *
   * @see <a href="https://google.github.io/adk-docs/observability/traces/">Traces</a>
   */
  static final Vocabulary GOOGLE_ADK =
      Vocabulary.of(span -> span.scope().equals("gcp.vertex.agent"))
          .names((_, role) -> role.is(SpanRole.Type.MODEL_CALL) ? ADK_CALL : ADK)
          .role(span ->
              switch (span.name()) {
                case "call_llm" -> SpanRole.CHAT;
                // The results of parallel calls, put together.
                case "execute_tool (merged)" -> SpanRole.step("execute_tools");
                case String name when name.startsWith("agent_run [") -> SpanRole.AGENT;
                default -> Conventions.roleOf(span);
              })
          .spanName("agent_run \\[(.+)]");

  /**
   * Pydantic AI, all versions of its format. Version 1 has the messages as a list of events.
   *
   * @see <a
   *     href="https://ai.pydantic.dev/logfire/#opentelemetry-semantic-conventions">Conventions</a>
   */
  static final Vocabulary PYDANTIC_AI =
      Vocabulary.of(span -> span.scope().equals("pydantic-ai"))
          .names(
              Conventions.NAMES.with(
                  """
                  agent_name agent_name
                  input all_messages_events/ gen_ai.input.messages events/ pydantic_ai.all_messages
                  output gen_ai.output.messages events/ final_result
                  tool_definitions gen_ai.tool.definitions model_request_parameters/function_tools
                  tool_arguments tool_arguments
                  tool_result tool_response
                  embeddings_input inputs
                  """))
          .role(span ->
              switch (span.name()) {
                case "agent run" -> SpanRole.AGENT;
                case "running tool" -> SpanRole.TOOL;
                default -> Conventions.roleOf(span);
              });

  private static final Names SPRING =
      Conventions.NAMES
          .with(
              """
              session spring.ai.chat.client.conversation.id
              tool_name spring.ai.tool.definition.name
              tool_description spring.ai.tool.definition.description
              tool_call_id spring.ai.tool.call.id
              tool_arguments spring.ai.tool.call.arguments
              tool_result spring.ai.tool.call.result
              """)
          .only("response_id"); // a streamed call of a tool loop has the id of the last one

  private static final Names SPRING_FAILED = SPRING.only("response_model");

  /**
   * Spring AI. Its chat clients, advisors and the tools of version 1 have the operation {@code
   * framework}; a failed call has the response model {@code none}.
   *
   * @see <a
   *     href="https://docs.spring.io/spring-ai/reference/observability/index.html">Observability</a>
   */
  static final Vocabulary SPRING_AI =
      Vocabulary.of(
              span -> span.scope().startsWith("org.springframework.") || span.hasAny("spring.ai."))
          .names((span, _) ->
              "none".equals(span.text("gen_ai.response.model")) ? SPRING_FAILED : SPRING)
          .role(span ->
              switch (span.word("", "spring.ai.kind")) {
                case "tool_call" -> SpanRole.TOOL;
                case "" ->
                    span.has("spring.ai.tool.definition.name")
                        ? SpanRole.TOOL
                        : Conventions.roleOf(span);
                case String kind -> SpanRole.step(kind);
              })
          .harmless("spring.ai.kind");

  /**
   * Strands Agents: the conventions, with messages in span events. It passes on what Anthropic and
   * Bedrock count.
   *
   * @see <a
   *     href="https://strandsagents.com/latest/documentation/docs/user-guide/observability-evaluation/traces/">Traces</a>
   */
  static final Vocabulary STRANDS =
      Vocabulary.of(span ->
              span.scope().startsWith("strands")
                  || Stream.of("gen_ai.system", "gen_ai.provider.name")
                      .anyMatch(name -> "strands-agents".equals(span.text(name))))
          .names(
              Conventions.NAMES.with(
                  """
                  first_token_millis gen_ai.server.time_to_first_token
                  system gen_ai.system_instructions system_prompt
                  """))
          .countsCacheApart(span -> {
            String model = span.text("gen_ai.request.model");
            return model != null && (model.contains("claude") || model.contains("amazon.nova"));
          });

  private Frameworks() {}
}
