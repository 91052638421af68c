package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import java.util.Set;

/**
 * Claude Code's traces. Input tokens are without those of the cache.
 *
 * @see <a href="https://code.claude.com/docs/en/monitoring-usage">Monitoring</a>
 */
final class ClaudeCodeVocabulary implements Vocabulary {

  private static final Names NAMES =
      Conventions.NAMES
          .with(Field.REQUEST_MODEL, "gen_ai.request.model", "model")
          .with(Field.FINISH_REASONS, "stop_reason")
          .with(Field.FIRST_TOKEN_MILLIS, "ttft_ms")
          .with(Field.INPUT_TOKENS, "input_tokens")
          .with(Field.OUTPUT_TOKENS, "output_tokens")
          .with(Field.CACHE_READ_TOKENS, "cache_read_tokens")
          .with(Field.CACHE_WRITE_TOKENS, "cache_creation_tokens")
          .with(Field.COST, "cost_usd")
          .with(Field.INPUT, "user_prompt")
          .with(Field.TOOL_NAME, "tool_name")
          .with(Field.TOOL_ARGUMENTS, "tool_input", "full_command", "file_path")
          .with(Field.TOOL_RESULT, "tool_output", "output")
          .with(Field.HTTP_STATUS, "status_code")
          .with(Field.ERROR_MESSAGE, "error");

  @Override
  public boolean matches(OtlpSpan span) {
    return span.scope().startsWith("com.anthropic.claude_code")
        || span.name().startsWith("claude_code.");
  }

  @Override
  public SpanRole role(OtlpSpan span) {
    return switch (span.word("", "span.type")) {
      case "llm_request" -> SpanRole.CHAT;
      case "tool" -> SpanRole.TOOL;
      default -> SpanRole.step(span.word("span", "span.type"));
    };
  }

  @Override
  public Names names(OtlpSpan span) {
    return NAMES;
  }

  @Override
  public boolean countsCacheApart(OtlpSpan span) {
    return true;
  }

  @Override
  public boolean failed(OtlpSpan span) {
    return span.hasErrorStatus() || "false".equals(span.text("success"));
  }

  @Override
  public Set<String> harmless() {
    return Set.of("span.type");
  }
}
