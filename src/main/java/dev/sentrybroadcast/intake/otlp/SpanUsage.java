package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Usage;
import dev.sentrybroadcast.intake.body.Usages;
import dev.sentrybroadcast.intake.json.Numbers;
import dev.sentrybroadcast.intake.record.Costs;

/**
 * Tokens and cost of a span in Sentry's meaning: input tokens include those of the cache, output
 * tokens those of reasoning, and so do their costs.
 */
final class SpanUsage {

  private SpanUsage() {}

  /** A subset that is larger than its whole is no part of it, but counted apart from it. */
  static Usage tokens(SpanReading reading, Vocabulary vocabulary, OtlpSpan span) {
    Long input = reading.count(Field.INPUT_TOKENS);
    Long output = reading.count(Field.OUTPUT_TOKENS);
    Long total = reading.count(Field.TOTAL_TOKENS);
    Long read = reading.count(Field.CACHE_READ_TOKENS);
    Long write = reading.count(Field.CACHE_WRITE_TOKENS);
    Long reasoning = reading.count(Field.REASONING_TOKENS);
    long cached = Numbers.zeroIfUnknown(read) + Numbers.zeroIfUnknown(write);
    long more =
        total == null ? 0 : total - Numbers.zeroIfUnknown(input) - Numbers.zeroIfUnknown(output);
    if (input != null
        && cached > 0
        && (cached > input || more == cached || vocabulary.cacheApart.test(span))) {
      input += cached;
      more -= cached;
    }
    long thoughts = Numbers.zeroIfUnknown(reasoning);
    if (output != null
        && thoughts > 0
        && (thoughts > output || more == thoughts || vocabulary.reasoningApart.test(span))) {
      output += thoughts;
    }
    boolean isSum = input != null && output != null;
    return Usages.corrected(
        new Usage(input, output, isSum ? null : total, read, write, reasoning), span.json().log());
  }

  static Cost cost(SpanReading reading) {
    return Costs.addedUp(
        new Cost(
            reading.amount(Field.COST),
            reading.amount(Field.INPUT_COST),
            reading.amount(Field.OUTPUT_COST),
            reading.amount(Field.CACHE_READ_COST),
            reading.amount(Field.CACHE_WRITE_COST),
            reading.amount(Field.REASONING_COST)),
        0);
  }
}
