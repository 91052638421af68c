package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.RequestParameters;
import dev.sentrybroadcast.intake.json.ObjectView;
import org.jspecify.annotations.Nullable;

/** Request parameters with the names that OpenAI, Anthropic and OpenRouter give them. */
final class Parameters {

  private Parameters() {}

  static RequestParameters read(ObjectView request) {
    return new RequestParameters(
        request.decimal("temperature"),
        request.decimal("top_p"),
        request.count("top_k"),
        request.count("max_tokens", "max_completion_tokens", "max_output_tokens"),
        request.decimal("frequency_penalty"),
        request.decimal("presence_penalty"),
        request.word("seed"),
        reasoningLevel(request));
  }

  /** The effort, else the budget of tokens, else whether reasoning is on. */
  private static @Nullable String reasoningLevel(ObjectView request) {
    // A text in a flat record: it is the reasoning of the response.
    ObjectView wanted = request.objectIfAny("reasoning");
    String effort = wanted.word("effort");
    if (effort == null) {
      effort = request.word("reasoning_effort");
    }
    if (effort == null) {
      effort = request.object("output_config").word("effort");
    }
    if (effort != null) {
      return effort;
    }
    ObjectView thinking = request.object("thinking");
    Long budget = wanted.count("max_tokens");
    if (budget == null) {
      budget = thinking.count("budget_tokens");
    }
    if (budget != null) {
      return budget.toString();
    }
    String type = thinking.word("type");
    return "disabled".equals(type) ? "none" : type;
  }
}
