package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Usage;
import dev.sentrybroadcast.intake.body.Usages;
import org.jspecify.annotations.Nullable;

/**
 * Tokens and cost of a span in Sentry's meaning: input tokens include those of the cache, output
 * tokens those of reasoning, and so do their costs.
 */
final class SpanUsage {

  private static final double EXACT = 1e-9;

  private SpanUsage() {}

  /** A subset that is larger than its whole is no part of it, but counted apart from it. */
  static Usage tokens(SpanReading reading, Vocabulary vocabulary, OtlpSpan span) {
    Long input = reading.count(Field.INPUT_TOKENS);
    Long output = reading.count(Field.OUTPUT_TOKENS);
    Long total = reading.count(Field.TOTAL_TOKENS);
    Long read = reading.count(Field.CACHE_READ_TOKENS);
    Long write = reading.count(Field.CACHE_WRITE_TOKENS);
    Long reasoning = reading.count(Field.REASONING_TOKENS);
    long cached = zero(read) + zero(write);
    long more = total == null ? 0 : total - zero(input) - zero(output);
    if (input != null
        && cached > 0
        && (cached > input || more == cached || vocabulary.cacheApart.test(span))) {
      input += cached;
      more -= cached;
    }
    long thoughts = zero(reasoning);
    if (output != null
        && thoughts > 0
        && (thoughts > output || more == thoughts || vocabulary.reasoningApart.test(span))) {
      output += thoughts;
    }
    boolean isSum = input != null && output != null;
    return Usages.corrected(
        new Usage(input, output, isSum ? null : total, read, write, reasoning), span.json().log());
  }

  /** Parts that do not add up to the total, as with a discount, are left out. */
  static Cost cost(SpanReading reading) {
    Double total = reading.amount(Field.COST);
    Double input = reading.amount(Field.INPUT_COST);
    Double output = reading.amount(Field.OUTPUT_COST);
    Double read = reading.amount(Field.CACHE_READ_COST);
    Double write = reading.amount(Field.CACHE_WRITE_COST);
    Double reasoning = reading.amount(Field.REASONING_COST);
    double sum = zero(input) + zero(output);
    double cached = zero(read) + zero(write);
    if (total == null || (input == null && output == null) || isSame(sum, total)) {
      return new Cost(total, input, output, read, write, reasoning);
    }
    return isSame(sum + cached, total)
        ? new Cost(total, zero(input) + cached, output, read, write, reasoning)
        : new Cost(total, null, null, null, null, null);
  }

  private static boolean isSame(double one, double other) {
    return Math.abs(one - other) <= EXACT;
  }

  private static long zero(@Nullable Long count) {
    return count == null ? 0 : count;
  }

  private static double zero(@Nullable Double amount) {
    return amount == null ? 0 : amount;
  }
}
