package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.RequestParameters;
import org.jspecify.annotations.Nullable;

/** Reads how the model was asked to answer. */
final class ParametersReader {

  private ParametersReader() {}

  static RequestParameters read(Fields request) {
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

  /** The effort where there is one, else the budget of tokens, else whether it was on. */
  private static @Nullable String reasoningLevel(Fields request) {
    // In the flat dialect it may be what the model thought.
    Fields wanted = request.objectIfAny("reasoning");
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
    Fields thinking = request.object("thinking");
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
