package dev.sentrybroadcast.intake.record;

import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.Numbers;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads costs in US dollars; what is not known stays unknown. */
public final class Costs {

  private Costs() {}

  /** The record's own {@code cost}, else what a usage says, else OpenRouter's fields. */
  static Cost read(ObjectView record, List<ObjectView> usages) {
    JsonValue cost = record.get("cost");
    Double total = null;
    if (cost != null && cost.isObject()) {
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
    // The parts of another total do not add up to this one.
    return ofUsage.total() == null || total.equals(ofUsage.total())
        ? addedUp(new Cost(total, ofUsage.input(), ofUsage.output(), null, null, null), 0)
        : ofTotal(total);
  }

  /**
   * Sentry's input cost includes the cache's; some producers leave it out. Without parts that do
   * not add up to the total, as with a discount or a fee.
   *
   * @param besides what is in the total and is neither input nor output
   */
  public static Cost addedUp(Cost cost, double besides) {
    Double total = cost.total();
    double input = Numbers.zeroIfUnknown(cost.input());
    double parts = input + Numbers.zeroIfUnknown(cost.output()) + besides;
    boolean isAPartUnknown = cost.input() == null || cost.output() == null;
    if (total == null || isSame(parts, total) || (isAPartUnknown && parts < total)) {
      return cost;
    }
    double cache =
        Numbers.zeroIfUnknown(cost.cacheRead()) + Numbers.zeroIfUnknown(cost.cacheWrite());
    return isSame(parts + cache, total)
        ? new Cost(
            total,
            input + cache,
            cost.output(),
            cost.cacheRead(),
            cost.cacheWrite(),
            cost.reasoning())
        : ofTotal(total);
  }

  public static boolean isSame(double one, double other) {
    return Math.abs(one - other) <= 1e-6 * Math.max(Math.abs(one), Math.abs(other)) + 1e-12;
  }

  public static Cost ofTotal(Double total) {
    return new Cost(total, null, null, null, null, null);
  }

  private static Cost ofParts(ObjectView parts) {
    return new Cost(
        parts.amount("total"),
        parts.amount("input"),
        parts.amount("output"),
        parts.amount("cache_read"),
        parts.amount("cache_write"),
        parts.amount("reasoning"));
  }

  private static Cost ofUsages(List<ObjectView> usages) {
    return usages.stream().map(Costs::ofUsage).filter(Costs::isKnown).findFirst().orElse(Cost.NONE);
  }

  /**
   * OpenRouter's {@code usage}. With a key of the caller's own (BYOK), {@code cost} is OpenRouter's
   * fee alone, and the provider's price stands beside it.
   *
   * @see <a href="https://openrouter.ai/docs/use-cases/usage-accounting">Usage accounting</a>
   */
  private static Cost ofUsage(ObjectView usage) {
    Double total = usage.amount("cost");
    ObjectView details = usage.object("cost_details");
    if (total == null && details.isEmpty()) {
      return Cost.NONE;
    }
    Double upstream = details.amount("upstream_inference_cost");
    if (total == null) {
      total = upstream;
    } else if (upstream != null && (total == 0 || Boolean.TRUE.equals(usage.flag("is_byok")))) {
      total += upstream;
    }
    return addedUp(
        new Cost(
            total,
            details.amount("upstream_inference_prompt_cost", "upstream_inference_input_cost"),
            details.amount("upstream_inference_completions_cost", "upstream_inference_output_cost"),
            null,
            null,
            null),
        0);
  }

  /** OpenRouter's {@code /generation} has dollars in {@code total_cost} and {@code usage}. */
  private static Cost ofGeneration(ObjectView record) {
    JsonValue usage = record.get("usage");
    Double total = record.amount("total_cost");
    if (total == null && isAmount(usage)) {
      total = record.amount("usage");
    }
    Double upstream = record.amount("upstream_inference_cost");
    if (total != null && upstream != null && Boolean.TRUE.equals(record.flag("is_byok"))) {
      total += upstream;
    }
    return total == null ? Cost.NONE : ofTotal(total);
  }

  /** Whether anything of it is known. */
  static boolean isKnown(Cost cost) {
    return !cost.equals(Cost.NONE);
  }

  /** Whether a {@code usage} is an amount of money, as in OpenRouter's {@code /generation}. */
  static boolean isAmount(@Nullable JsonValue usage) {
    return Numbers.number(usage) != null;
  }
}
