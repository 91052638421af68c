package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.Numbers;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Attributes that are numbers or booleans by convention, also where a producer writes texts. */
final class OtlpTypes {

  /** Besides the token counts of {@link GenAiVocabulary}. */
  private static final Set<String> WHOLE =
      Set.of("gen_ai.request.max_tokens", "gen_ai.request.top_k", "gen_ai.context.window_size");

  private static final Set<String> DECIMAL =
      Set.of(
          "gen_ai.cost.total_tokens",
          "gen_ai.usage.total_cost",
          "gen_ai.usage.cost",
          "gen_ai.cost.input_tokens",
          "gen_ai.usage.input_cost",
          "gen_ai.cost.output_tokens",
          "gen_ai.usage.output_cost",
          "gen_ai.cost.cache_read.input_tokens",
          "gen_ai.cost.cache_creation.input_tokens",
          "gen_ai.cost.reasoning.output_tokens",
          "gen_ai.request.temperature",
          "gen_ai.request.top_p",
          "gen_ai.request.frequency_penalty",
          "gen_ai.request.presence_penalty",
          "gen_ai.response.time_to_first_chunk",
          "gen_ai.response.time_to_first_token",
          "gen_ai.response.tokens_per_second",
          "gen_ai.context.utilization");

  private static final Set<String> FLAGS =
      Set.of(
          "gen_ai.response.streaming",
          "gen_ai.request.stream",
          "gen_ai.request.is_stream",
          "llm.is_streaming");

  private static final Set<String> TOKENS = GenAiVocabulary.TOKENS.all();

  private OtlpTypes() {}

  /** The value in the type of its name; null where that is not possible. */
  static @Nullable JsonValue typed(String name, JsonValue value) {
    if (TOKENS.contains(name) || WHOLE.contains(name)) {
      return whole(value);
    }
    if (DECIMAL.contains(name)) {
      return decimal(value);
    }
    return FLAGS.contains(name) ? flag(value) : value;
  }

  /** In JSON's spelling, which has neither +5 nor 007. */
  static @Nullable JsonValue whole(JsonValue value) {
    Long whole = Numbers.whole(value);
    return whole == null ? null : new JsonValue.Numeric(whole.toString());
  }

  /** In JSON's spelling, with a point, which tells it from a whole number. */
  static @Nullable JsonValue decimal(JsonValue value) {
    Double decimal = Numbers.decimal(value);
    return decimal == null ? null : new JsonValue.Numeric(decimal.toString());
  }

  private static @Nullable JsonValue flag(JsonValue value) {
    String text = JsonValue.text(value);
    if (text == null) {
      return value instanceof JsonValue.Bool ? value : null;
    }
    boolean isTrue = text.equalsIgnoreCase("true");
    return isTrue || text.equalsIgnoreCase("false") ? new JsonValue.Bool(isTrue) : null;
  }
}
