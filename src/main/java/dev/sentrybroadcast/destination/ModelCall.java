package dev.sentrybroadcast.destination;

import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Model;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.generation.Usage;
import org.jspecify.annotations.Nullable;

/** One call of a model, of a generation or a recorded span. */
record ModelCall(
    String apiType, Model model, Outcome outcome, Usage usage, Cost cost, Exchange exchange) {

  static ModelCall of(Generation made) {
    return new ModelCall(
        made.apiType().name(),
        made.model(),
        made.outcome(),
        made.usage(),
        made.cost(),
        made.exchange());
  }

  static ModelCall of(RecordedSpan span) {
    return new ModelCall(
        span.role().equals(SpanRole.TEXT_COMPLETION) ? "completion" : span.role().name(),
        span.model(),
        span.outcome(),
        span.usage(),
        span.cost(),
        span.exchange());
  }

  @Nullable String modelName() {
    String asked = model.requested();
    return asked == null || asked.isBlank() ? model.responded() : asked;
  }

  @Nullable Double totalCost() {
    return cost.total() == null && cost.input() != null && cost.output() != null
        ? Double.valueOf(cost.input() + cost.output())
        : cost.total();
  }

  @Nullable Long totalTokens() {
    Long input = usage.inputTokens();
    Long output = usage.outputTokens();
    return usage.totalTokens() == null && input != null && output != null
        ? Long.valueOf(input + output)
        : usage.totalTokens();
  }
}
