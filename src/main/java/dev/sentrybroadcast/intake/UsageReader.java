package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Usage;
import org.jspecify.annotations.Nullable;

/** Reads token counts of every provider's spelling into Sentry's meaning of them. */
final class UsageReader {

  private UsageReader() {}

  static Usage read(Fields usage) {
    if (usage.isEmpty()) {
      return Usage.NONE;
    }
    Fields inputDetails = details(usage, "prompt_tokens_details", "input_tokens_details");
    Fields outputDetails = details(usage, "completion_tokens_details", "output_tokens_details");
    Long cacheRead =
        first(
            inputDetails.count("cached_tokens", "cache_read_tokens"),
            usage.count(
                "cache_read_input_tokens", "native_tokens_cached", "prompt_cache_hit_tokens"));
    Long cacheWrite =
        first(
            inputDetails.count("cache_write_tokens", "cache_creation_tokens"),
            first(usage.count("cache_creation_input_tokens"), byLifetime(usage)));
    Long reasoning =
        first(
            outputDetails.count("reasoning_tokens", "thinking_tokens"),
            usage.count("native_tokens_reasoning", "reasoning_tokens"));
    Long input =
        usage.count("prompt_tokens", "input_tokens", "native_tokens_prompt", "tokens_prompt");
    Long output =
        usage.count(
            "completion_tokens", "output_tokens", "native_tokens_completion", "tokens_completion");
    Long total = usage.count("total_tokens");
    if (input != null && inputExcludesCache(usage)) {
      input += zeroIfUnknown(cacheRead) + zeroIfUnknown(cacheWrite);
      total = null; // of an input that was another
    }
    return mended(new Usage(input, output, total, cacheRead, cacheWrite, reasoning), usage.log());
  }

  /**
   * A given total is kept, for it may count what neither input nor output does, as Gemini's does
   * thoughts. Where it is the sum with reasoning, as xAI's, output lacks that. No part is larger
   * than what it is a part of.
   *
   * @see <a href="https://docs.x.ai/docs/guides/reasoning">xAI's usage</a>
   * @see <a href="https://ai.google.dev/gemini-api/docs/openai">Gemini's, in OpenAI's shape</a>
   */
  static Usage mended(Usage given, CorrectionLog log) {
    Long input = given.inputTokens();
    Long output = given.outputTokens();
    Long total = given.totalTokens();
    Long reasoning = given.reasoningOutputTokens();
    if (input != null && output != null) {
      if (total != null && total == input + output + zeroIfUnknown(reasoning)) {
        output = total - input;
      }
      if (total != null && total < input + output) {
        if (total > 0) { // LiteLLM's 0 is only not filled in
          log.mended(Corrections.Kind.TOKENS_EXCEED_TOTAL);
        }
        total = null;
      }
      total = total == null ? Long.valueOf(input + output) : total;
    }
    Long read = capped(given.cacheReadInputTokens(), input, log);
    Long write =
        capped(
            given.cacheWriteInputTokens(), input == null ? null : input - zeroIfUnknown(read), log);
    return new Usage(input, output, total, read, write, capped(reasoning, output, log));
  }

  /**
   * Anthropic's {@code input_tokens} counts only what was neither read from the cache nor written
   * to it. Told by the shape: OpenAI's Responses have the same name, with details beside it.
   *
   * @see <a href="https://docs.claude.com/en/docs/build-with-claude/prompt-caching">Prompt
   *     caching</a>
   */
  private static boolean inputExcludesCache(Fields usage) {
    return usage.has("input_tokens")
        && !usage.has("prompt_tokens")
        && !usage.has("input_tokens_details")
        && (usage.has("cache_read_input_tokens")
            || usage.has("cache_creation_input_tokens")
            || usage.has("cache_creation"));
  }

  /** Does the usage say anything? */
  static boolean isKnown(Usage usage) {
    return usage.inputTokens() != null
        || usage.outputTokens() != null
        || usage.totalTokens() != null
        || usage.cacheReadInputTokens() != null
        || usage.cacheWriteInputTokens() != null
        || usage.reasoningOutputTokens() != null;
  }

  private static Fields details(Fields usage, String chat, String responses) {
    return usage.object(usage.has(chat) ? chat : responses);
  }

  private static @Nullable Long byLifetime(Fields usage) {
    Fields creation = usage.object("cache_creation");
    Long fiveMinutes = creation.count("ephemeral_5m_input_tokens");
    Long oneHour = creation.count("ephemeral_1h_input_tokens");
    return fiveMinutes == null && oneHour == null
        ? null
        : Long.valueOf(zeroIfUnknown(fiveMinutes) + zeroIfUnknown(oneHour));
  }

  private static @Nullable Long capped(
      @Nullable Long subset, @Nullable Long total, CorrectionLog log) {
    if (subset == null || total == null || subset <= total) {
      return subset;
    }
    log.mended(Corrections.Kind.TOKENS_EXCEED_TOTAL);
    return total;
  }

  private static @Nullable Long first(@Nullable Long preferred, @Nullable Long other) {
    return preferred != null ? preferred : other;
  }

  private static long zeroIfUnknown(@Nullable Long count) {
    return count == null ? 0 : count;
  }
}
