package dev.sentrybroadcast.intake.litellm;

import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.intake.json.ObjectView;
import org.jspecify.annotations.Nullable;

/** Costs of a LiteLLM record, in US dollars. */
final class LiteLlmCost {

  private LiteLlmCost() {}

  /**
   * LiteLLM writes 0 where it knows no price and where a call failed: unknown. An answer from its
   * own cache costs nothing, whatever the breakdown says.
   */
  static Cost read(LiteLlmRecord parts) {
    ObjectView record = parts.record();
    if (Boolean.TRUE.equals(record.flag("cache_hit"))) {
      return parts.failed() ? Cost.NONE : new Cost(0.0, null, null, null, null, null);
    }
    Double total = record.amount("response_cost");
    if (total == null || total <= 0) {
      return Cost.NONE;
    }
    ObjectView breakdown = record.object("cost_breakdown");
    Double input = breakdown.amount("input_cost");
    Double output = breakdown.amount("output_cost");
    Double cacheRead = breakdown.amount("cache_read_cost");
    Double cacheWrite = breakdown.amount("cache_creation_cost");
    Double reasoning = breakdown.amount("reasoning_cost");
    if (input == null || output == null) {
      return new Cost(total, null, null, null, null, null);
    }
    Double before = breakdown.amount("original_cost", "total_cost");
    double besides = zeroIfUnknown(breakdown.amount("tool_usage_cost")) + output;
    double whole = before == null ? total : before;
    double cache = zeroIfUnknown(cacheRead) + zeroIfUnknown(cacheWrite);
    // Sentry's input cost includes the cache's; older releases of LiteLLM left it out.
    if (!isEqual(input + besides, whole) && isEqual(input + cache + besides, whole)) {
      input += cache;
    }
    return isEqual(input + besides, whole) && isEqual(whole, total)
        ? new Cost(total, input, output, cacheRead, cacheWrite, reasoning)
        : new Cost(total, null, null, null, null, null);
  }

  private static boolean isEqual(double one, double other) {
    return Math.abs(one - other) <= 1e-6 * Math.max(Math.abs(one), Math.abs(other)) + 1e-12;
  }

  private static double zeroIfUnknown(@Nullable Double amount) {
    return amount == null ? 0 : amount;
  }
}
