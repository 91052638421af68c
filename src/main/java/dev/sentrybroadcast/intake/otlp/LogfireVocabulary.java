package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import java.util.Set;

/**
 * Logfire's instrumentations of the providers' SDKs. A streamed call is a span without tokens, and
 * at its end a log, exported as a span, with all of it.
 *
 * @see <a href="https://logfire.pydantic.dev/docs/integrations/llms/openai/">Logfire</a>
 */
final class LogfireVocabulary implements Vocabulary {

  private static final SpanRole STREAM = SpanRole.step("stream");

  private static final Names NAMES =
      Conventions.NAMES
          .with(Field.REQUEST_MODEL, "gen_ai.request.model", "request_data/model")
          .with(Field.STREAMED, "request_data/stream")
          .with(Field.INPUT, "gen_ai.input.messages", "request_data/messages", "request_data/input")
          .with(
              Field.OUTPUT,
              "gen_ai.output.messages",
              "response_data/message",
              "response_data/combined_chunk_content")
          .with(Field.SYSTEM, "gen_ai.system_instructions", "request_data/system")
          .with(Field.TOOL_DEFINITIONS, "gen_ai.tool.definitions", "request_data/tools")
          .with(
              Field.INPUT_TOKENS,
              "response_data/usage/prompt_tokens",
              "response_data/usage/input_tokens")
          .with(
              Field.OUTPUT_TOKENS,
              "response_data/usage/completion_tokens",
              "response_data/usage/output_tokens")
          .with(
              Field.CACHE_READ_TOKENS,
              "gen_ai.usage.raw/input_tokens_details/cached_tokens",
              "gen_ai.usage.raw/prompt_tokens_details/cached_tokens",
              "gen_ai.usage.raw/cache_read_input_tokens",
              "response_data/usage/prompt_tokens_details/cached_tokens",
              "response_data/usage/cache_read_input_tokens")
          .with(
              Field.CACHE_WRITE_TOKENS,
              "gen_ai.usage.raw/cache_creation_input_tokens",
              "response_data/usage/cache_creation_input_tokens")
          .with(
              Field.REASONING_TOKENS,
              "gen_ai.usage.raw/output_tokens_details/reasoning_tokens",
              "gen_ai.usage.raw/completion_tokens_details/reasoning_tokens",
              "response_data/usage/completion_tokens_details/reasoning_tokens");

  @Override
  public boolean matches(OtlpSpan span) {
    return span.scope().startsWith("logfire.") && span.has("request_data");
  }

  @Override
  public SpanRole role(OtlpSpan span) {
    SpanRole said = Conventions.roleOf(span);
    SpanRole role =
        said.is(SpanRole.Type.STEP) && span.has("request_data/model") ? SpanRole.CHAT : said;
    SpanReading reading = new SpanReading(span, NAMES);
    boolean isStart =
        Boolean.TRUE.equals(reading.flag(Field.STREAMED))
            && !"log".equals(span.text("logfire.span_type"))
            && reading.count(Field.OUTPUT_TOKENS) == null
            && !span.hasErrorStatus();
    return isStart && role.is(SpanRole.Type.MODEL_CALL) ? STREAM : role;
  }

  @Override
  public Names names(OtlpSpan span) {
    return NAMES;
  }

  @Override
  public Set<String> harmless() {
    return Set.of("logfire.span_type");
  }
}
