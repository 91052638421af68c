package dev.sentrybroadcast.genai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Model;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.generation.RequestParameters;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.Timing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the attributes of a recorded span, by the names that producers use today and used before,
 * into the values that a generation has.
 */
final class RecordedValues {

  private static final JsonFactory JSON = new JsonFactory();
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MOST_EXACT = 1e15;
  private static final String OPENROUTER = "trace.metadata.openrouter.";

  /** Attributes that no value was made of; they keep their names. */
  final Map<String, Scalar> rest;

  final @Nullable String operationName;
  final @Nullable String op;
  final Model model;
  final RequestParameters parameters;
  final Outcome outcome;
  final Timing timing;
  final Cost cost;
  final @Nullable String agentName;
  final @Nullable String toolName;

  /** {@code isParent}: other spans of the trace are its children. */
  RecordedValues(RecordedSpan span, boolean isParent) {
    rest = new LinkedHashMap<>(span.attributes());
    operationName = operationName(span, isParent);
    op = op();
    model = model();
    agentName = text("gen_ai.agent.name");
    toolName = text("gen_ai.tool.name");
    parameters =
        new RequestParameters(
            decimal("gen_ai.request.temperature"),
            decimal("gen_ai.request.top_p"),
            whole("gen_ai.request.top_k"),
            whole("gen_ai.request.max_tokens"),
            decimal("gen_ai.request.frequency_penalty"),
            decimal("gen_ai.request.presence_penalty"),
            text("gen_ai.request.seed", "gen_ai.openai.request.seed"),
            text("gen_ai.request.reasoning.level"));
    outcome =
        new Outcome(
            text("gen_ai.response.id"),
            finishReasons(),
            text(rest.get(OPENROUTER + "finish_reason")),
            streamed(),
            false,
            span.failure());
    timing = timing(span.timing());
    cost =
        new Cost(
            amount("gen_ai.cost.total_tokens", "gen_ai.usage.total_cost", "gen_ai.usage.cost"),
            amount("gen_ai.cost.input_tokens", "gen_ai.usage.input_cost"),
            amount("gen_ai.cost.output_tokens", "gen_ai.usage.output_cost"),
            amount("gen_ai.cost.cache_read.input_tokens"),
            amount("gen_ai.cost.cache_creation.input_tokens"),
            amount("gen_ai.cost.reasoning.output_tokens"));
  }

  /**
   * Sentry counts a span with an operation's name as a call of a model, an agent or a tool. A span
   * without one gets one only where other attributes say that it is a call, or where it has a model
   * and tokens and no child span that could repeat them.
   */
  private @Nullable String operationName(RecordedSpan span, boolean isParent) {
    String given = text("gen_ai.operation.name");
    if (given != null) {
      return given;
    }
    String requestType = text("llm.request.type");
    if (requestType != null) {
      return switch (requestType) {
        case "chat", "rerank" -> requestType;
        case "completion" -> "text_completion";
        case "embedding" -> "embeddings";
        default -> null;
      };
    }
    boolean hasTokens = span.usage().inputTokens() != null || span.usage().outputTokens() != null;
    return hasTokens && !isParent && rest.containsKey("gen_ai.request.model") ? "chat" : null;
  }

  private @Nullable String op() {
    String given = text("sentry.op");
    if (operationName != null) {
      return "gen_ai." + operationName;
    }
    String responseId = text(rest.get("gen_ai.response.id"));
    if (responseId != null && responseId.contains(":attempt-")) {
      return "http.client"; // OpenRouter marks the upstreams that it tried in this way
    }
    boolean isCall = given != null && (given.startsWith("gen_ai.") || given.startsWith("ai."));
    return isCall ? null : given;
  }

  /** OpenRouter names the model's author as provider, and who served it in its metadata. */
  private Model model() {
    String provider = text("gen_ai.provider.name", "gen_ai.system");
    String served = text(rest.get(OPENROUTER + "provider_name"));
    return new Model(
        provider == null || served == null ? provider : served,
        text("gen_ai.request.model"),
        text("gen_ai.response.model"));
  }

  /** A JSON array of texts, or one text. */
  private List<String> finishReasons() {
    String reason = text("gen_ai.response.finish_reasons", "gen_ai.response.finish_reason");
    if (reason == null) {
      return List.of();
    }
    try (JsonParser json = JSON.createParser(reason)) {
      List<String> reasons = new ArrayList<>();
      boolean isArray = json.nextToken() == JsonToken.START_ARRAY;
      while (isArray && json.nextToken() == JsonToken.VALUE_STRING) {
        reasons.add(json.getText());
      }
      return json.currentToken() == JsonToken.END_ARRAY ? reasons : List.of(reason);
    } catch (IOException _) {
      return List.of(reason);
    }
  }

  private @Nullable Boolean streamed() {
    Boolean streamed = null;
    for (String name :
        List.of(
            "gen_ai.response.streaming",
            "gen_ai.request.stream",
            "gen_ai.request.is_stream",
            "llm.is_streaming")) {
      streamed = rest.remove(name) instanceof Scalar.Flag(boolean flag) ? (Boolean) flag : streamed;
    }
    Scalar served = rest.get("trace.metadata.openrouter_generation.streamed");
    return served instanceof Scalar.Flag(boolean flag) ? (Boolean) flag : streamed;
  }

  private Timing timing(Timing given) {
    Double seconds = decimal("gen_ai.response.time_to_first_chunk");
    Double millis = number(rest.get(OPENROUTER + "first_token_ms"));
    Double nanos = seconds == null ? null : (Double) (seconds * NANOS_PER_SECOND);
    nanos = millis == null || millis < 0 ? nanos : (Double) (millis * NANOS_PER_MILLI);
    long start = given.startEpochNanos();
    Long first = nanos == null ? null : (Long) (start + Math.round(nanos));
    return new Timing(start, given.endEpochNanos(), first);
  }

  /** The first of the names that has a text; none of them remains. */
  private @Nullable String text(String... names) {
    String first = null;
    for (String name : names) {
      String text = text(rest.remove(name));
      first = first == null ? text : first;
    }
    return first;
  }

  /** A text that is not blank, or a whole number as text. */
  private static @Nullable String text(@Nullable Scalar scalar) {
    return switch (scalar) {
      case Scalar.Text(String text) when !text.isBlank() -> text;
      case Scalar.Whole(long value) -> Long.toString(value);
      case Scalar.Decimal(double value) when isWhole(value) -> Long.toString((long) value);
      case null, default -> null;
    };
  }

  private @Nullable Double amount(String... names) {
    Double first = null;
    for (String name : names) {
      Double value = decimal(name);
      first = first == null && value != null && value >= 0 ? value : first;
    }
    return first;
  }

  private @Nullable Double decimal(String name) {
    return number(rest.remove(name));
  }

  private @Nullable Long whole(String name) {
    Double value = decimal(name);
    return value == null || !isWhole(value) ? null : (Long) value.longValue();
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) < MOST_EXACT;
  }

  private static @Nullable Double number(@Nullable Scalar scalar) {
    return switch (scalar) {
      case Scalar.Whole(long value) -> (Double) (double) value;
      case Scalar.Decimal(double value) -> (Double) value;
      case null, default -> null;
    };
  }
}
