package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Cost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads US dollars; what is not known stays unknown. */
final class CostReader {

  private CostReader() {}

  /** The record's own {@code cost} wins over what a usage says; one that says nothing does not. */
  static Cost read(Fields record, List<Fields> usages) {
    JsonValue cost = record.get("cost");
    Double total = null;
    if (cost != null && cost.isMembers()) {
      Cost parts = ofParts(record.object("cost"));
      if (isKnown(parts)) {
        return parts;
      }
    } else {
      total = record.amount("cost");
    }
    Cost ofUsage = ofUsages(usages);
    if (total == null) {
      return isKnown(ofUsage) ? ofUsage : ofGeneration(record);
    }
    // The parts of another total would contradict this one.
    return ofUsage.total() == null || total.equals(ofUsage.total())
        ? new Cost(total, ofUsage.input(), ofUsage.output(), null, null, null)
        : new Cost(total, null, null, null, null, null);
  }

  private static Cost ofParts(Fields parts) {
    return new Cost(
        parts.amount("total"),
        parts.amount("input"),
        parts.amount("output"),
        parts.amount("cache_read"),
        parts.amount("cache_write"),
        parts.amount("reasoning"));
  }

  private static Cost ofUsages(List<Fields> usages) {
    for (Fields usage : usages) {
      Cost cost = ofUsage(usage);
      if (isKnown(cost)) {
        return cost;
      }
    }
    return Cost.NONE;
  }

  /**
   * As OpenRouter puts it into {@code usage}. With a key of one's own {@code cost} is OpenRouter's
   * fee alone and the provider's bill stands beside it.
   *
   * @see <a href="https://openrouter.ai/docs/use-cases/usage-accounting">Usage accounting</a>
   */
  private static Cost ofUsage(Fields usage) {
    Double total = usage.amount("cost");
    Fields details = usage.object("cost_details");
    if (total == null && details.isEmpty()) {
      return Cost.NONE;
    }
    Double upstream = details.amount("upstream_inference_cost");
    if (total == null) {
      total = upstream;
    } else if (upstream != null && Boolean.TRUE.equals(usage.flag("is_byok"))) {
      total += upstream;
    }
    return new Cost(
        total,
        details.amount("upstream_inference_prompt_cost", "upstream_inference_input_cost"),
        details.amount("upstream_inference_completions_cost", "upstream_inference_output_cost"),
        null,
        null,
        null);
  }

  /**
   * As OpenRouter's {@code /generation} has it: dollars in {@code total_cost} and {@code usage}.
   */
  private static Cost ofGeneration(Fields record) {
    JsonValue usage = record.get("usage");
    Double total = record.amount("total_cost");
    if (total == null && isAmount(usage)) {
      total = record.amount("usage");
    }
    return total == null ? Cost.NONE : new Cost(total, null, null, null, null, null);
  }

  /** Does the cost say anything? */
  static boolean isKnown(Cost cost) {
    return cost.total() != null
        || cost.input() != null
        || cost.output() != null
        || cost.cacheRead() != null
        || cost.cacheWrite() != null
        || cost.reasoning() != null;
  }

  /**
   * Is the record's {@code usage} an amount of money, as OpenRouter's {@code /generation} has it?
   */
  static boolean isAmount(@Nullable JsonValue usage) {
    return usage != null && Numbers.number(usage) != null;
  }
}
