package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry's GenAI conventions, old and new, as attributes or as span events, with what most
 * producers add to them.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/">GenAI spans</a>
 */
final class Conventions implements Vocabulary {

  static final Names NAMES =
      Names.NONE
          .with(Field.OPERATION, "gen_ai.operation.name", "llm.request.type")
          .with(Field.PROVIDER, "gen_ai.provider.name", "gen_ai.system")
          .with(Field.REQUEST_MODEL, "gen_ai.request.model")
          .with(Field.RESPONSE_MODEL, "gen_ai.response.model")
          .with(Field.RESPONSE_ID, "gen_ai.response.id")
          .with(Field.TEMPERATURE, "gen_ai.request.temperature")
          .with(Field.TOP_P, "gen_ai.request.top_p")
          .with(Field.TOP_K, "gen_ai.request.top_k")
          .with(Field.MAX_TOKENS, "gen_ai.request.max_tokens")
          .with(Field.FREQUENCY_PENALTY, "gen_ai.request.frequency_penalty")
          .with(Field.PRESENCE_PENALTY, "gen_ai.request.presence_penalty")
          .with(Field.SEED, "gen_ai.request.seed", "gen_ai.openai.request.seed")
          .with(
              Field.REASONING_LEVEL,
              "gen_ai.request.reasoning.level",
              "gen_ai.request.reasoning_effort",
              "gen_ai.openai.request.reasoning_effort")
          .with(
              Field.FINISH_REASONS,
              "gen_ai.response.finish_reasons",
              "gen_ai.response.finish_reason",
              "gen_ai.completion.*/*/finish_reason",
              "event:output/*/finish_reason",
              "gen_ai.output.messages/*/finish_reason")
          .with(
              Field.STREAMED,
              "gen_ai.response.streaming",
              "gen_ai.request.stream",
              "gen_ai.request.is_stream",
              "gen_ai.is_streaming",
              "llm.is_streaming")
          .with(Field.FIRST_TOKEN_SECONDS, "gen_ai.response.time_to_first_chunk")
          .with(
              Field.INPUT_TOKENS,
              "gen_ai.usage.input_tokens",
              "gen_ai.usage.prompt_tokens",
              "llm.usage.prompt_tokens")
          .with(
              Field.OUTPUT_TOKENS,
              "gen_ai.usage.output_tokens",
              "gen_ai.usage.completion_tokens",
              "llm.usage.completion_tokens")
          .with(Field.TOTAL_TOKENS, "gen_ai.usage.total_tokens", "llm.usage.total_tokens")
          .with(
              Field.CACHE_READ_TOKENS,
              "gen_ai.usage.cache_read.input_tokens",
              "gen_ai.usage.input_tokens.cached",
              "gen_ai.usage.cache_read_input_tokens",
              "gen_ai.usage.cache_read_tokens",
              "gen_ai.usage.cached_tokens",
              "gen_ai.usage.details.cache_read_tokens",
              "gen_ai.usage.details.cache_read_input_tokens",
              "gen_ai.usage.details.cached_tokens")
          .with(
              Field.CACHE_WRITE_TOKENS,
              "gen_ai.usage.cache_creation.input_tokens",
              "gen_ai.usage.cache_write.input_tokens",
              "gen_ai.usage.input_tokens.cache_write",
              "gen_ai.usage.cache_creation_input_tokens",
              "gen_ai.usage.cache_write_tokens",
              "gen_ai.usage.details.cache_write_tokens",
              "gen_ai.usage.details.cache_creation_input_tokens")
          .with(
              Field.REASONING_TOKENS,
              "gen_ai.usage.reasoning.output_tokens",
              "gen_ai.usage.output_tokens.reasoning",
              "gen_ai.usage.reasoning_tokens",
              "gen_ai.usage.details.reasoning_tokens",
              "gen_ai.usage.details.thoughts_tokens")
          .with(
              Field.COST,
              "gen_ai.cost.total_tokens",
              "gen_ai.usage.total_cost",
              "gen_ai.usage.cost",
              "gen_ai.cost.total_cost",
              "operation.cost")
          .with(
              Field.INPUT_COST,
              "gen_ai.cost.input_tokens",
              "gen_ai.usage.input_cost",
              "gen_ai.cost.input_cost")
          .with(
              Field.OUTPUT_COST,
              "gen_ai.cost.output_tokens",
              "gen_ai.usage.output_cost",
              "gen_ai.cost.output_cost")
          .with(Field.CACHE_READ_COST, "gen_ai.cost.cache_read.input_tokens")
          .with(Field.CACHE_WRITE_COST, "gen_ai.cost.cache_creation.input_tokens")
          .with(Field.REASONING_COST, "gen_ai.cost.reasoning.output_tokens")
          .with(
              Field.INPUT,
              "gen_ai.input.messages",
              "gen_ai.request.messages",
              "gen_ai.prompt",
              "gen_ai.prompt.*",
              "gen_ai.agent.invocation_input",
              "event:input")
          .with(
              Field.OUTPUT,
              "gen_ai.output.messages",
              "gen_ai.completion",
              "gen_ai.response.text",
              "gen_ai.completion.*",
              "gen_ai.agent.invocation_output",
              "event:output")
          .with(Field.SYSTEM, "gen_ai.system_instructions")
          .with(
              Field.TOOL_DEFINITIONS,
              "gen_ai.tool.definitions",
              "gen_ai.request.available_tools",
              "llm.request.functions.*")
          .with(Field.EMBEDDINGS_INPUT, "gen_ai.embeddings.input")
          .with(Field.AGENT_NAME, "gen_ai.agent.name")
          .with(Field.TOOL_NAME, "gen_ai.tool.name")
          .with(Field.TOOL_CALL_ID, "gen_ai.tool.call.id")
          .with(Field.TOOL_DESCRIPTION, "gen_ai.tool.description")
          .with(
              Field.TOOL_ARGUMENTS,
              "gen_ai.tool.call.arguments",
              "gen_ai.tool.input",
              "event:input/0/content")
          .with(
              Field.TOOL_RESULT,
              "gen_ai.tool.call.result",
              "gen_ai.tool.output",
              "event:output/0/content")
          .with(Field.ERROR_TYPE, "error.type")
          .with(Field.HTTP_STATUS, "http.response.status_code", "http.status_code")
          .with(Field.USER, "user.id")
          .with(Field.SESSION, "gen_ai.conversation.id", "session.id")
          .with(Field.ENVIRONMENT, "trace.metadata.environment", "sentry.environment")
          .with(Field.RELEASE, "trace.metadata.release", "sentry.release");

  /** Written in place of the provider. */
  static final Set<String> FRAMEWORKS =
      Set.of(
          "ag2",
          "autogen",
          "crewai",
          "gcp.vertex.agent",
          "langchain",
          "langgraph",
          "microsoft.agent_framework",
          "strands-agents");

  private static final Set<SpanRole.Type> NAMED = Set.of(SpanRole.Type.TOOL, SpanRole.Type.AGENT);

  @Override
  public boolean matches(OtlpSpan span) {
    return true;
  }

  /** By its operation; where it has none, by the request's type or the first word of its name. */
  static SpanRole roleOf(OtlpSpan span) {
    String operation = span.text("gen_ai.operation.name");
    if (operation == null) {
      operation = span.text("llm.request.type");
    }
    if (operation != null) {
      return Operations.role(operation);
    }
    String op = span.text("sentry.op");
    if (op != null && op.startsWith("gen_ai.")) {
      return Operations.role(op.substring("gen_ai.".length()));
    }
    SpanRole named = Operations.role(span.name().split(" ", 2)[0]);
    boolean isCall = named.is(SpanRole.Type.MODEL_CALL) && (saysModel(span) || saysTokens(span));
    return isCall || NAMED.contains(named.type()) ? named : SpanRole.step(stepWord(span));
  }

  static boolean saysModel(OtlpSpan span) {
    return span.text("gen_ai.request.model") != null || span.text("gen_ai.response.model") != null;
  }

  private static boolean saysTokens(OtlpSpan span) {
    SpanReading reading = new SpanReading(span, NAMES);
    return reading.count(Field.INPUT_TOKENS) != null || reading.count(Field.OUTPUT_TOKENS) != null;
  }

  /** What is known of a span of general conventions, such as HTTP's method. */
  static String stepWord(OtlpSpan span) {
    return span.word(
        "span",
        "mcp.method.name",
        "http.request.method",
        "http.method",
        "db.operation.name",
        "db.system.name",
        "rpc.system",
        "messaging.system");
  }

  /** What follows the operation in a name such as {@code execute_tool get_weather}. */
  static @Nullable String afterOperation(String spanName, SpanRole role) {
    String start = role.name() + " ";
    boolean follows = NAMED.contains(role.type()) && spanName.startsWith(start);
    String rest = follows ? spanName.substring(start.length()).strip() : "";
    return rest.isEmpty() ? null : rest;
  }
}
