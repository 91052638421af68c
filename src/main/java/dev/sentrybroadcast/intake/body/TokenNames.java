package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Usage;
import dev.sentrybroadcast.intake.CorrectionLog;
import dev.sentrybroadcast.intake.json.Numbers;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How an API or a vocabulary names token counts. Of several names the first one with a positive
 * count is used, and 0 only if none has one. A name can be the path of a field in an inner object.
 * Two names joined by {@code +} are a sum.
 *
 * @param shape whether a usage has these names
 * @param inputExcludesCache whether the input tokens are those that were neither read from the
 *     cache nor written to it
 */
public record TokenNames(
    Predicate<ObjectView> shape,
    List<String> input,
    List<String> output,
    List<String> total,
    List<String> cacheRead,
    List<String> cacheWrite,
    List<String> reasoning,
    boolean inputExcludesCache) {

  boolean areIn(ObjectView usage) {
    return shape.test(usage);
  }

  /** All of the names. */
  public Set<String> all() {
    return Stream.of(input, output, total, cacheRead, cacheWrite, reasoning)
        .flatMap(List::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  public Usage read(ObjectView usage) {
    return read(names -> count(usage, names), usage.log());
  }

  private static @Nullable Long count(ObjectView usage, List<String> names) {
    Long found = null;
    for (String name : names) {
      Long sum = null;
      for (String term : name.split("\\+", -1)) {
        Long count = usage.count(term);
        sum = count == null ? sum : Long.valueOf(zeroIfUnknown(sum) + count);
      }
      found = Numbers.firstPositive(found, sum);
    }
    return found;
  }

  /** Reads counts in Sentry's meaning; {@code count} finds the count of a list of names. */
  public Usage read(Function<List<String>, @Nullable Long> count, CorrectionLog log) {
    Long inputTokens = count.apply(input);
    Long totalTokens = count.apply(total);
    Long read = count.apply(cacheRead);
    Long write = count.apply(cacheWrite);
    if (inputTokens != null && inputExcludesCache) {
      inputTokens += zeroIfUnknown(read) + zeroIfUnknown(write);
      totalTokens = null; // it is the sum of another input
    }
    return corrected(
        new Usage(
            inputTokens, count.apply(output), totalTokens, read, write, count.apply(reasoning)),
        log);
  }

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
      if (total != null && total == input + output + zeroIfUnknown(reasoning)) {
        output = total - input;
      }
      if (total != null && total < input + output) {
        if (total > 0) { // LiteLLM leaves 0 where it does not know
          log.mended(Corrections.Kind.TOKENS_EXCEED_TOTAL);
        }
        total = null;
      }
      total = total == null ? Long.valueOf(input + output) : total;
    }
    Long read = atMost(input, given.cacheReadInputTokens(), log);
    Long rest = input == null ? null : Long.valueOf(input - zeroIfUnknown(read));
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

  private static long zeroIfUnknown(@Nullable Long count) {
    return count == null ? 0 : count;
  }
}
