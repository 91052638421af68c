package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import java.util.Set;

/** Instrumentations of the SDKs of providers and of frameworks. */
final class Instrumentations {

  private static final Names LOGFIRE_NAMES =
      Conventions.NAMES.with(
          """
          request_model gen_ai.request.model request_data/model
          streamed request_data/stream
          input gen_ai.input.messages request_data/messages request_data/input
          output gen_ai.output.messages response_data/message
          output response_data/combined_chunk_content
          system gen_ai.system_instructions request_data/system
          tool_definitions gen_ai.tool.definitions request_data/tools
          input_tokens response_data/usage/prompt_tokens response_data/usage/input_tokens
          output_tokens response_data/usage/completion_tokens
          output_tokens response_data/usage/output_tokens
          cache_read_tokens gen_ai.usage.raw/input_tokens_details/cached_tokens
          cache_read_tokens gen_ai.usage.raw/prompt_tokens_details/cached_tokens
          cache_read_tokens gen_ai.usage.raw/cache_read_input_tokens
          cache_read_tokens response_data/usage/prompt_tokens_details/cached_tokens
          cache_read_tokens response_data/usage/cache_read_input_tokens
          cache_write_tokens gen_ai.usage.raw/cache_creation_input_tokens
          cache_write_tokens response_data/usage/cache_creation_input_tokens
          reasoning_tokens gen_ai.usage.raw/output_tokens_details/reasoning_tokens
          reasoning_tokens gen_ai.usage.raw/completion_tokens_details/reasoning_tokens
          reasoning_tokens response_data/usage/completion_tokens_details/reasoning_tokens
          """);

  /**
   * Logfire's instrumentations of the providers' SDKs. A streamed call is a span without tokens,
   * and at its end a log, exported as a span, with all of it.
   *
   * @see <a href="https://logfire.pydantic.dev/docs/integrations/llms/openai/">Logfire</a>
   */
  static final Vocabulary LOGFIRE =
      Vocabulary.of(span -> span.scope().startsWith("logfire.") && span.has("request_data"))
          .names(LOGFIRE_NAMES)
          .role(Instrumentations::logfireRole)
          .harmless("logfire.span_type");

  private static final Names TRACELOOP_CALL =
      Conventions.NAMES
          .under(
              "traceloop.association.properties.",
              """
              session session_id thread_id
              user user_id
              environment environment
              """)
          .with(
              """
              prompt_name gen_ai.prompt.name traceloop.prompt.key
              prompt_version gen_ai.prompt.version traceloop.prompt.version
              """);

  private static final Names TRACELOOP_AGENT =
      TRACELOOP_CALL.only(
          """
          agent_name gen_ai.agent.name crewai.agent.role traceloop.entity.name
          input gen_ai.input.messages traceloop.entity.input
          output gen_ai.output.messages traceloop.entity.output
          """);

  private static final Names TRACELOOP_TOOL =
      TRACELOOP_CALL
          .withoutMessages()
          .only("tool_name gen_ai.tool.name traceloop.entity.name")
          .with(
              """
              tool_arguments gen_ai.tool.call.arguments traceloop.entity.input gen_ai.task.input
              tool_result gen_ai.tool.call.result traceloop.entity.output gen_ai.task.output
              """);

  /** Of Traceloop's instrumentations whose spans may have nothing else of it. */
  private static final Set<String> TRACELOOP_SCOPES =
      Set.of(
          "opentelemetry.instrumentation.bedrock",
          "opentelemetry.instrumentation.google_generativeai",
          "opentelemetry.instrumentation.crewai.instrumentation");

  /** Which count as Bedrock and Anthropic do; in Python the one of Anthropic adds the cache. */
  private static final Set<String> TRACELOOP_CACHE_APART =
      Set.of(
          "opentelemetry.instrumentation.bedrock",
          "@traceloop/instrumentation-bedrock",
          "@traceloop/instrumentation-anthropic");

  /**
   * Traceloop's OpenLLMetry, in Python and JavaScript: the conventions, with a kind and an entity
   * on the spans of its decorators and of frameworks. Its instrumentation of Google leaves the
   * status as it is.
   *
   * @see <a
   *     href="https://www.traceloop.com/docs/openllmetry/contributing/semantic-conventions">Semantic
   *     conventions</a>
   */
  static final Vocabulary TRACELOOP =
      Vocabulary.of(span ->
              span.hasAny("traceloop.")
                  || span.hasAny("crewai.")
                  || span.scope().startsWith("@traceloop/")
                  || TRACELOOP_SCOPES.contains(span.scope()))
          .names((_, role) ->
              switch (role.type()) {
                case AGENT -> TRACELOOP_AGENT;
                case TOOL -> TRACELOOP_TOOL;
                default -> TRACELOOP_CALL;
              })
          .role(Instrumentations::traceloopRole)
          .content((span, _, value) ->
              value.equals(span.attributes().get("traceloop.entity.input"))
                  ? Json.arguments(value)
                  : value)
          .countsCacheApart(span -> TRACELOOP_CACHE_APART.contains(span.scope()))
          .failed(span -> span.scope().endsWith(".google_generativeai") && span.exception() != null)
          .spanName("(.+)\\.(?:agent|tool)");

  private Instrumentations() {}

  private static SpanRole logfireRole(OtlpSpan span) {
    SpanRole said = Conventions.roleOf(span);
    SpanRole role =
        said.is(SpanRole.Type.STEP) && span.has("request_data/model") ? SpanRole.CHAT : said;
    SpanReading reading = new SpanReading(span, LOGFIRE_NAMES);
    boolean isStart =
        Boolean.TRUE.equals(reading.flag(Field.STREAMED))
            && !"log".equals(span.text("logfire.span_type"))
            && reading.count(Field.OUTPUT_TOKENS) == null
            && !span.hasErrorStatus();
    return isStart && role.is(SpanRole.Type.MODEL_CALL) ? SpanRole.step("stream") : role;
  }

  /** By its kind: some workflows and tasks say that they invoke an agent. */
  private static SpanRole traceloopRole(OtlpSpan span) {
    String kind = span.word("", "traceloop.span.kind");
    SpanRole said = Conventions.roleOf(span);
    boolean isCrew =
        said.is(SpanRole.Type.AGENT)
            && span.scope().contains("crewai")
            && !span.name().endsWith(".agent");
    return switch (kind) {
      case "tool" -> SpanRole.TOOL;
      case "agent" -> SpanRole.AGENT;
      case "task", "workflow" -> SpanRole.step(kind);
      default ->
          isCrew
              ? SpanRole.step("workflow")
              // Bedrock's embeddings are completions.
              : said.equals(SpanRole.TEXT_COMPLETION)
                      && Conventions.callOf(span.text("gen_ai.request.model"))
                          .equals(SpanRole.EMBEDDINGS)
                  ? SpanRole.EMBEDDINGS
                  : said;
    };
  }
}
