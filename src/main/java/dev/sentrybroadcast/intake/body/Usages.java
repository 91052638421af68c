package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Usage;
import dev.sentrybroadcast.intake.CorrectionLog;
import dev.sentrybroadcast.intake.json.Numbers;
import org.jspecify.annotations.Nullable;

/** Token counts that were read, in Sentry's meaning. */
public final class Usages {

  private Usages() {}

  /**
   * Keeps a given total: it can count what is neither input nor output, as Gemini's counts
   * thoughts. If it is the sum of input, output and reasoning, as xAI's is, the output does not
   * include reasoning. A subset is not larger than what it is a subset of.
   *
   * @see <a href="https://docs.x.ai/docs/guides/reasoning">xAI's usage</a>
   * @see <a href="https://ai.google.dev/gemini-api/docs/openai">Gemini's, in OpenAI's shape</a>
   */
  public static Usage corrected(Usage given, CorrectionLog log) {
    Long input = given.inputTokens();
    Long output = given.outputTokens();
    Long total = given.totalTokens();
    Long reasoning = given.reasoningOutputTokens();
    if (input != null && output != null) {
      if (total != null && total == input + output + Numbers.zeroIfUnknown(reasoning)) {
        output = total - input;
      }
      long sum = input + output;
      if (total != null && total > 0 && total < sum) { // LiteLLM's 0 is unknown
        log.mended(Corrections.Kind.TOKENS_EXCEED_TOTAL);
      }
      total = total == null || total < sum ? Long.valueOf(sum) : total;
    }
    Long read = atMost(input, given.cacheReadInputTokens(), log);
    Long rest = input == null ? null : Long.valueOf(input - Numbers.zeroIfUnknown(read));
    Long write = atMost(rest, given.cacheWriteInputTokens(), log);
    return new Usage(input, output, total, read, write, atMost(output, reasoning, log));
  }

  private static @Nullable Long atMost(
      @Nullable Long total, @Nullable Long subset, CorrectionLog log) {
    if (subset == null || total == null || subset <= total) {
      return subset;
    }
    log.mended(Corrections.Kind.TOKENS_EXCEED_TOTAL);
    return total;
  }

  /** Whether a usage has any count. */
  public static boolean isKnown(Usage usage) {
    return !usage.equals(Usage.NONE);
  }
}
