package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.intake.json.Words;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry's GenAI conventions, old and new, as attributes or as span events, with what most
 * producers add to them.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/">GenAI spans</a>
 */
final class Conventions {

  static final Names NAMES =
      Names.NONE.with(
          """
          operation gen_ai.operation.name llm.request.type
          provider gen_ai.provider.name gen_ai.system
          request_model gen_ai.request.model
          response_model gen_ai.response.model
          response_id gen_ai.response.id
          temperature gen_ai.request.temperature
          top_p gen_ai.request.top_p
          top_k gen_ai.request.top_k
          max_tokens gen_ai.request.max_tokens
          frequency_penalty gen_ai.request.frequency_penalty
          presence_penalty gen_ai.request.presence_penalty
          seed gen_ai.request.seed gen_ai.openai.request.seed
          reasoning_level gen_ai.request.reasoning.level gen_ai.request.reasoning_effort
          reasoning_level gen_ai.openai.request.reasoning_effort
          prompt_name gen_ai.prompt.name mcp.prompt.name
          prompt_version gen_ai.prompt.version
          finish_reasons gen_ai.response.finish_reasons gen_ai.response.finish_reason
          finish_reasons gen_ai.completion.*/*/finish_reason event:output/*/finish_reason
          finish_reasons gen_ai.output.messages/*/finish_reason
          streamed gen_ai.response.streaming gen_ai.request.stream gen_ai.request.is_stream
          streamed gen_ai.is_streaming llm.is_streaming
          first_token_seconds gen_ai.response.time_to_first_chunk
          input_tokens gen_ai.usage.input_tokens gen_ai.usage.prompt_tokens llm.usage.prompt_tokens
          output_tokens gen_ai.usage.output_tokens gen_ai.usage.completion_tokens
          output_tokens llm.usage.completion_tokens
          total_tokens gen_ai.usage.total_tokens llm.usage.total_tokens
          cache_read_tokens gen_ai.usage.cache_read.input_tokens gen_ai.usage.input_tokens.cached
          cache_read_tokens gen_ai.usage.cache_read_input_tokens gen_ai.usage.cache_read_tokens
          cache_read_tokens gen_ai.usage.cached_tokens gen_ai.usage.details.cache_read_tokens
          cache_read_tokens gen_ai.usage.details.cache_read_input_tokens
          cache_read_tokens gen_ai.usage.details.cached_tokens
          cache_write_tokens gen_ai.usage.cache_creation.input_tokens
          cache_write_tokens gen_ai.usage.cache_write.input_tokens
          cache_write_tokens gen_ai.usage.input_tokens.cache_write
          cache_write_tokens gen_ai.usage.cache_creation_input_tokens
          cache_write_tokens gen_ai.usage.cache_write_tokens
          cache_write_tokens gen_ai.usage.details.cache_write_tokens
          cache_write_tokens gen_ai.usage.details.cache_creation_input_tokens
          reasoning_tokens gen_ai.usage.reasoning.output_tokens
          reasoning_tokens gen_ai.usage.output_tokens.reasoning gen_ai.usage.reasoning_tokens
          reasoning_tokens gen_ai.usage.details.reasoning_tokens
          reasoning_tokens gen_ai.usage.details.thoughts_tokens
          cost gen_ai.cost.total_tokens gen_ai.usage.total_cost gen_ai.usage.cost
          cost gen_ai.cost.total_cost operation.cost
          input_cost gen_ai.cost.input_tokens gen_ai.usage.input_cost gen_ai.cost.input_cost
          output_cost gen_ai.cost.output_tokens gen_ai.usage.output_cost gen_ai.cost.output_cost
          cache_read_cost gen_ai.cost.cache_read.input_tokens
          cache_write_cost gen_ai.cost.cache_creation.input_tokens
          reasoning_cost gen_ai.cost.reasoning.output_tokens
          input gen_ai.input.messages gen_ai.request.messages gen_ai.prompt gen_ai.prompt.*
          input gen_ai.agent.invocation_input event:input
          output gen_ai.output.messages gen_ai.completion gen_ai.response.text
          output gen_ai.completion.* gen_ai.agent.invocation_output event:output
          system gen_ai.system_instructions
          tool_definitions gen_ai.tool.definitions gen_ai.request.available_tools
          tool_definitions llm.request.functions.*
          embeddings_input gen_ai.embeddings.input
          agent_name gen_ai.agent.name
          tool_name gen_ai.tool.name
          tool_call_id gen_ai.tool.call.id
          tool_description gen_ai.tool.description
          tool_arguments gen_ai.tool.call.arguments gen_ai.tool.input event:input/0/content
          tool_result gen_ai.tool.call.result gen_ai.tool.output event:output/0/content
          error_type error.type
          http_status http.response.status_code http.status_code
          user user.id
          session gen_ai.conversation.id session.id
          environment trace.metadata.environment sentry.environment
          release trace.metadata.release sentry.release
          """);

  /** Written in place of the provider. */
  static final Set<String> FRAMEWORKS =
      Set.of(
          """
          ag2 autogen crewai gcp.vertex.agent langchain langgraph microsoft.agent_framework
          strands-agents\
          """
              .split("\\s+", -1));

  /**
   * Operations of model calls, each with the words that mean it. LiteLLM writes an {@code a} before
   * those of asynchronous calls.
   */
  private static final Map<String, SpanRole> CALLS =
      calls(
          """
          chat completion responses messages converse anthropic_messages call_llm
          text_completion
          generate_content generate_content_stream image_generation image_edit speech
          generate_content transcription ocr create_video video_generation
          embeddings embedding
          rerank
          """);

  private Conventions() {}

  private static Map<String, SpanRole> calls(String table) {
    Map<String, SpanRole> calls = new HashMap<>();
    Words.table(table)
        .forEach((name, words) -> {
          SpanRole role = new SpanRole(SpanRole.Type.MODEL_CALL, name);
          calls.put(name, role);
          words.forEach(word -> calls.put(word, role));
        });
    return calls;
  }

  /**
   * What a word in {@code gen_ai.operation.name} means; a step for one that is no operation. Sentry
   * takes every operation but those of agents, tools and handoffs for a model call, so only words
   * that are known are passed on.
   */
  static SpanRole ofOperation(String operation) {
    String word = operation.toLowerCase(Locale.ROOT);
    SpanRole call = CALLS.get(word);
    if (call == null && word.startsWith("a")) {
      call = CALLS.get(word.substring(1));
    }
    if (call != null) {
      return call;
    }
    return switch (word) {
      case "invoke_agent", "create_agent" -> new SpanRole(SpanRole.Type.AGENT, word);
      case "execute_tool" -> SpanRole.TOOL;
      case "handoff" -> SpanRole.HANDOFF;
      case "evaluate", "decide", "extract" -> new SpanRole(SpanRole.Type.EVALUATION, word);
      case "search_memory", "create_memory", "upsert_memory", "update_memory", "delete_memory" ->
          new SpanRole(SpanRole.Type.MEMORY, word);
      case "create_memory_store", "delete_memory_store" -> new SpanRole(SpanRole.Type.MEMORY, word);
      default -> Words.isWord(word) ? SpanRole.step(word) : SpanRole.STEP;
    };
  }

  /** Of a call of which no more is known than its model. */
  static SpanRole callOf(@Nullable String model) {
    boolean isEmbedding = model != null && model.toLowerCase(Locale.ROOT).contains("embed");
    return isEmbedding ? SpanRole.EMBEDDINGS : SpanRole.CHAT;
  }

  /** By its operation; where it has none, by the request's type or the first word of its name. */
  static SpanRole roleOf(OtlpSpan span) {
    String operation = span.firstText("gen_ai.operation.name", "llm.request.type");
    if (operation != null) {
      return ofOperation(operation);
    }
    String op = span.text("sentry.op");
    if (op != null && op.startsWith("gen_ai.")) {
      return ofOperation(op.substring("gen_ai.".length()));
    }
    SpanRole named = ofOperation(span.name().split(" ", 2)[0]);
    boolean isKnown =
        switch (named.type()) {
          case TOOL, AGENT -> true;
          case MODEL_CALL -> saysModel(span) || saysTokens(span);
          default -> false;
        };
    return isKnown ? named : SpanRole.step(stepWord(span));
  }

  static boolean saysModel(OtlpSpan span) {
    return span.firstText("gen_ai.request.model", "gen_ai.response.model") != null;
  }

  private static boolean saysTokens(OtlpSpan span) {
    SpanReading reading = new SpanReading(span, NAMES);
    return reading.count(Field.INPUT_TOKENS) != null || reading.count(Field.OUTPUT_TOKENS) != null;
  }

  /** What is known of a span of general conventions, such as HTTP's method. */
  private static String stepWord(OtlpSpan span) {
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
}
