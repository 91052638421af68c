package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.generation.Scalar;
import io.opentelemetry.api.common.AttributeKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From the names and types that producers use, today's and older ones, to those that Sentry reads.
 * What is not named here keeps its name.
 */
final class RecordedNames {

  private static final double MILLIS_PER_SECOND = 1e3;
  private static final String COST_DETAILS = "trace.metadata.openrouter_generation.";

  private final Map<String, Scalar> left;
  private final AttributeList.Builder to;

  private RecordedNames(Map<String, Scalar> attributes, AttributeList.Builder to) {
    this.left = new LinkedHashMap<>(attributes);
    this.to = to;
  }

  /**
   * @param common what every span of the trace carries
   * @param isParent whether other spans of the trace hang under it
   */
  static AttributeList.Builder attributes(
      AttributeList common, RecordedSpan span, boolean isParent) {
    AttributeList.Builder to = new AttributeList.Builder(common, 32);
    RecordedNames names = new RecordedNames(span.attributes(), to);
    names.operation(RecordedOperation.of(span, isParent));
    names.model();
    names.parameters();
    names.response();
    GenerationAttributes.usage(to, span.usage());
    GenerationAttributes.cost(to, names.cost());
    names.rest();
    return to;
  }

  private void operation(RecordedOperation operation) {
    if (text("gen_ai.operation.name") == null) {
      left.remove("llm.request.type");
    }
    left.remove("sentry.op");
    put(SpanAttributes.OPERATION_NAME, operation.name());
    put(SpanAttributes.SENTRY_OP, operation.op());
  }

  /** OpenRouter names the model's author as provider, and who served it in its metadata. */
  private void model() {
    String provider = text("gen_ai.provider.name", "gen_ai.system");
    Scalar served = left.get("trace.metadata.openrouter.provider_name");
    if (served instanceof Scalar.Text(String name) && provider != null) {
      provider = name;
    }
    if (provider != null) {
      put(SpanAttributes.PROVIDER_NAME, ProviderNames.conventional(provider));
    }
    String requested = text("gen_ai.request.model");
    String responded = text("gen_ai.response.model");
    put(SpanAttributes.REQUEST_MODEL, requested);
    put(SpanAttributes.RESPONSE_MODEL, responded == null ? requested : responded);
    put(SpanAttributes.AGENT_NAME, text("gen_ai.agent.name"));
    put(SpanAttributes.TOOL_NAME, text("gen_ai.tool.name"));
  }

  private void parameters() {
    decimal(SpanAttributes.REQUEST_TEMPERATURE, "gen_ai.request.temperature");
    decimal(SpanAttributes.REQUEST_TOP_P, "gen_ai.request.top_p");
    whole(SpanAttributes.REQUEST_TOP_K, "gen_ai.request.top_k");
    whole(SpanAttributes.REQUEST_MAX_TOKENS, "gen_ai.request.max_tokens");
    decimal(SpanAttributes.REQUEST_FREQUENCY_PENALTY, "gen_ai.request.frequency_penalty");
    decimal(SpanAttributes.REQUEST_PRESENCE_PENALTY, "gen_ai.request.presence_penalty");
    put(SpanAttributes.REQUEST_SEED, text("gen_ai.request.seed", "gen_ai.openai.request.seed"));
  }

  private void response() {
    put(SpanAttributes.RESPONSE_ID, text("gen_ai.response.id"));
    String reasons = text("gen_ai.response.finish_reasons");
    String reason = text("gen_ai.response.finish_reason");
    if (reasons == null && reason != null) {
      reasons = new JsonBuilder().raw('[').text(reason).raw(']').toString();
    }
    put(SpanAttributes.RESPONSE_FINISH_REASONS, reasons);
    for (String name :
        new String[] {
          "gen_ai.response.streaming",
          "gen_ai.request.stream",
          "gen_ai.request.is_stream",
          "llm.is_streaming"
        }) {
      if (left.remove(name) instanceof Scalar.Flag(boolean streamed)) {
        to.put(SpanAttributes.RESPONSE_STREAMING, streamed);
      }
    }
    if (left.get(COST_DETAILS + "streamed") instanceof Scalar.Flag(boolean streamed)) {
      to.put(SpanAttributes.RESPONSE_STREAMING, streamed);
    }
    decimal(SpanAttributes.RESPONSE_TIME_TO_FIRST_CHUNK, "gen_ai.response.time_to_first_chunk");
    Double millis = number(left.get("trace.metadata.openrouter.first_token_ms"));
    if (millis != null && millis >= 0) {
      to.put(SpanAttributes.RESPONSE_TIME_TO_FIRST_CHUNK, millis / MILLIS_PER_SECOND);
    }
    if (left.get("trace.metadata.openrouter.finish_reason") instanceof Scalar.Text(String own)) {
      put(SpanAttributes.NATIVE_FINISH_REASON, own);
    }
  }

  private Cost cost() {
    return new Cost(
        amount("gen_ai.cost.total_tokens", "gen_ai.usage.total_cost", "gen_ai.usage.cost"),
        amount("gen_ai.cost.input_tokens", "gen_ai.usage.input_cost"),
        amount("gen_ai.cost.output_tokens", "gen_ai.usage.output_cost"),
        amount("gen_ai.cost.cache_read.input_tokens"),
        amount("gen_ai.cost.cache_creation.input_tokens"),
        amount("gen_ai.cost.reasoning.output_tokens"));
  }

  /** Everything else by its own name; OpenRouter writes each key of its metadata twice. */
  private void rest() {
    for (Map.Entry<String, Scalar> entry : left.entrySet()) {
      String key = entry.getKey();
      boolean twice =
          key.startsWith("span.metadata.")
              && left.containsKey("trace." + key.substring("span.".length()));
      if (!twice && !RecordedCommon.isOwn(key)) {
        switch (entry.getValue()) {
          case Scalar.Text(String text) -> put(AttributeKey.stringKey(key), text);
          case Scalar.Whole(long number) -> to.put(AttributeKey.longKey(key), number);
          case Scalar.Decimal(double number) -> to.put(AttributeKey.doubleKey(key), number);
          case Scalar.Flag(boolean flag) -> to.put(AttributeKey.booleanKey(key), flag);
        }
      }
    }
  }

  private void put(AttributeKey<String> key, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      to.put(key, SpanText.attribute(value, CommonAttributes.METADATA_VALUE_CHARACTERS));
    }
  }

  private void decimal(AttributeKey<Double> key, String name) {
    Double value = number(left.remove(name));
    if (value != null && Double.isFinite(value)) {
      to.put(key, value);
    }
  }

  private void whole(AttributeKey<Long> key, String name) {
    Double value = number(left.remove(name));
    if (value != null && value == Math.rint(value) && Math.abs(value) < 1e15) {
      to.put(key, value.longValue());
    }
  }

  /** The first of the names that has a text; none of them is sent again. */
  private @Nullable String text(String... names) {
    String first = null;
    for (String name : names) {
      String text = text(left.remove(name));
      first = first == null ? text : first;
    }
    return first;
  }

  /** A text that says something, or a whole number as its text, which JavaScript's may be. */
  static @Nullable String text(@Nullable Scalar scalar) {
    return switch (scalar) {
      case Scalar.Text(String value) when !value.isBlank() -> value;
      case Scalar.Whole(long value) -> Long.toString(value);
      case Scalar.Decimal(double value) when value == Math.rint(value) && Math.abs(value) < 1e15 ->
          Long.toString((long) value);
      case null -> null;
      case Scalar.Text _, Scalar.Decimal _, Scalar.Flag _ -> null;
    };
  }

  private @Nullable Double amount(String... names) {
    Double first = null;
    for (String name : names) {
      Double value = number(left.remove(name));
      first = first == null && value != null && value >= 0 ? value : first;
    }
    return first;
  }

  private static @Nullable Double number(@Nullable Scalar scalar) {
    return switch (scalar) {
      case null -> null;
      case Scalar.Whole(long value) -> Double.valueOf((double) value);
      case Scalar.Decimal(double value) -> value;
      case Scalar.Text _, Scalar.Flag _ -> null;
    };
  }
}
