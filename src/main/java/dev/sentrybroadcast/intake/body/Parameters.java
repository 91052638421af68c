package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.RequestParameters;
import dev.sentrybroadcast.intake.Known;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.Numbers;
import dev.sentrybroadcast.intake.json.ObjectView;
import org.jspecify.annotations.Nullable;

/** Request parameters, with the names that the known APIs give them. */
final class Parameters {

  /** Where Gemini, Bedrock and Ollama keep them. */
  private static final String[] INNER = {
    "generationConfig", "generation_config", "config", "inferenceConfig", "options"
  };

  private Parameters() {}

  static RequestParameters read(ObjectView request) {
    ObjectView given = request.firstObject(INNER).over(request);
    ObjectView more = request.objectIfAny("additionalModelRequestFields");
    // Of OpenAI's Responses; its variables are content.
    ObjectView prompt = request.objectIfAny("prompt");
    return new RequestParameters(
        given.decimal("temperature"),
        given.decimal("top_p", "topP", "p"),
        Known.first(given.count("top_k", "topK", "k"), more.count("top_k")),
        given.count(
            "max_tokens",
            "max_completion_tokens",
            "max_output_tokens",
            "maxOutputTokens",
            "maxTokens",
            "max_new_tokens",
            "num_predict"),
        given.decimal("frequency_penalty", "frequencyPenalty"),
        given.decimal("presence_penalty", "presencePenalty"),
        seed(given),
        Known.first(reasoningLevel(given), reasoningLevel(more)),
        prompt.textIfAny("id"),
        prompt.textIfAny("version"));
  }

  /** A number: a text could be anything. */
  private static @Nullable String seed(ObjectView request) {
    JsonValue seed = request.first("seed", "random_seed");
    String number = Numbers.number(seed);
    if (seed != null && number == null) {
      request.drop("seed");
    }
    return number;
  }

  /** The effort, else the budget of tokens, else whether reasoning is on. */
  private static @Nullable String reasoningLevel(ObjectView request) {
    // A text in a flat record: it is the reasoning of the response.
    ObjectView wanted = request.objectIfAny("reasoning");
    ObjectView thinking =
        request.firstObject("thinking", "thinkingConfig", "thinking_config", "reasoning_config");
    String effort =
        Known.first(
            wanted.word("effort"),
            request.word("reasoning_effort"),
            request.objectIfAny("output_config").word("effort"),
            thinking.word("thinkingLevel"),
            thinking.word("thinking_level"),
            request.has("think") ? request.word("think") : null);
    if (effort != null) {
      return effort;
    }
    Long budget =
        Known.first(
            wanted.count("max_tokens"),
            thinking.count("budget_tokens", "token_budget", "thinkingBudget", "thinking_budget"));
    if (budget != null) {
      return budget.toString();
    }
    String type = thinking.word("type");
    return "disabled".equals(type) ? "none" : type;
  }
}
