package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Model;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.RequestParameters;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.generation.ToolExecution;
import dev.sentrybroadcast.generation.Usage;
import io.opentelemetry.api.common.AttributeKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that are sent in either privacy mode: each is put by name, from a field that is no
 * {@code Content}.
 */
final class GenerationAttributes {

  private static final double NANOS_PER_SECOND = 1e9;

  private GenerationAttributes() {}

  static void put(AttributeList.Builder to, Generation generation, Operation operation) {
    text(to, SpanAttributes.OPERATION_NAME, operation.operationName());
    model(to, generation.model());
    parameters(to, generation.parameters());
    outcome(to, generation.outcome());
    firstToken(to, generation.timing());
    usage(to, generation.usage());
    cost(to, generation.cost());
    text(to, SpanAttributes.RECORD_ID, generation.id());
    Caller caller = generation.caller();
    text(to, SpanAttributes.API_KEY_NAME, caller.apiKeyName());
    text(to, SpanAttributes.APP_NAME, caller.appName());
  }

  static void put(AttributeList.Builder to, Attempt attempt) {
    provider(to, attempt.provider());
    text(to, SpanAttributes.REQUEST_MODEL, attempt.model());
    status(to, attempt.httpStatus());
    if (attempt.failure() != null) {
      failure(to, attempt.failure());
    } else if (TreeSize.failed(attempt)) {
      text(to, SpanAttributes.ERROR_TYPE, String.valueOf(attempt.httpStatus()));
    }
  }

  static void put(AttributeList.Builder to, ToolExecution tool) {
    text(to, SpanAttributes.TOOL_NAME, tool.name());
    if (tool.failure() != null) {
      failure(to, tool.failure());
    }
  }

  static void failure(AttributeList.Builder to, Failure failure) {
    text(to, SpanAttributes.ERROR_TYPE, failure.type());
    status(to, failure.httpStatus());
  }

  static void text(AttributeList.Builder to, AttributeKey<String> key, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      to.put(key, SpanText.attribute(value));
    }
  }

  private static void model(AttributeList.Builder to, Model model) {
    provider(to, model.provider());
    text(to, SpanAttributes.REQUEST_MODEL, model.requested());
    // Sentry looks the price up by the model that answered.
    boolean answered = !SpanText.isBlank(model.responded());
    text(to, SpanAttributes.RESPONSE_MODEL, answered ? model.responded() : model.requested());
  }

  private static void parameters(AttributeList.Builder to, RequestParameters asked) {
    decimal(to, SpanAttributes.REQUEST_TEMPERATURE, asked.temperature());
    decimal(to, SpanAttributes.REQUEST_TOP_P, asked.topP());
    whole(to, SpanAttributes.REQUEST_TOP_K, asked.topK());
    whole(to, SpanAttributes.REQUEST_MAX_TOKENS, asked.maxTokens());
    decimal(to, SpanAttributes.REQUEST_FREQUENCY_PENALTY, asked.frequencyPenalty());
    decimal(to, SpanAttributes.REQUEST_PRESENCE_PENALTY, asked.presencePenalty());
    text(to, SpanAttributes.REQUEST_SEED, asked.seed());
    text(to, SpanAttributes.REQUEST_REASONING_LEVEL, asked.reasoningLevel());
  }

  private static void outcome(AttributeList.Builder to, Outcome outcome) {
    text(to, SpanAttributes.RESPONSE_ID, outcome.responseId());
    text(to, SpanAttributes.NATIVE_FINISH_REASON, outcome.nativeFinishReason());
    if (outcome.streamed() != null) {
      to.put(SpanAttributes.RESPONSE_STREAMING, outcome.streamed());
    }
    if (outcome.cancelled()) {
      to.put(SpanAttributes.CANCELLED, true);
    } else if (!outcome.finishReasons().isEmpty()) {
      to.put(SpanAttributes.RESPONSE_FINISH_REASONS, jsonArray(outcome.finishReasons()));
    }
  }

  private static void firstToken(AttributeList.Builder to, Timing timing) {
    Long first = timing.firstTokenEpochNanos();
    if (first != null && first >= timing.startEpochNanos()) {
      decimal(
          to,
          SpanAttributes.RESPONSE_TIME_TO_FIRST_CHUNK,
          (first - timing.startEpochNanos()) / NANOS_PER_SECOND);
    }
  }

  static void usage(AttributeList.Builder to, Usage usage) {
    Long input = usage.inputTokens();
    Long output = usage.outputTokens();
    Long total = usage.totalTokens();
    if (total == null && input != null && output != null) {
      total = input + output;
    }
    whole(to, SpanAttributes.USAGE_INPUT, input);
    whole(to, SpanAttributes.USAGE_OUTPUT, output);
    whole(to, SpanAttributes.USAGE_TOTAL, total);
    whole(to, SpanAttributes.USAGE_CACHE_READ, usage.cacheReadInputTokens());
    whole(to, SpanAttributes.USAGE_CACHE_READ_OLD, usage.cacheReadInputTokens());
    whole(to, SpanAttributes.USAGE_CACHE_WRITE, usage.cacheWriteInputTokens());
    whole(to, SpanAttributes.USAGE_CACHE_WRITE_OLD, usage.cacheWriteInputTokens());
    whole(to, SpanAttributes.USAGE_REASONING, usage.reasoningOutputTokens());
    whole(to, SpanAttributes.USAGE_REASONING_OLD, usage.reasoningOutputTokens());
  }

  static void cost(AttributeList.Builder to, Cost cost) {
    Double input = cost.input();
    Double output = cost.output();
    Double total = cost.total();
    if (total == null && input != null && output != null) {
      // Sentry keeps a sender's cost only where the total is there
      // (https://github.com/getsentry/relay/pull/6338).
      total = input + output;
    }
    decimal(to, SpanAttributes.COST_TOTAL, total);
    decimal(to, SpanAttributes.COST_INPUT, input);
    decimal(to, SpanAttributes.COST_OUTPUT, output);
    decimal(to, SpanAttributes.COST_CACHE_READ, cost.cacheRead());
    decimal(to, SpanAttributes.COST_CACHE_WRITE, cost.cacheWrite());
    decimal(to, SpanAttributes.COST_REASONING, cost.reasoning());
  }

  private static void provider(AttributeList.Builder to, @Nullable String provider) {
    if (provider != null && !provider.isBlank()) {
      text(to, SpanAttributes.PROVIDER_NAME, ProviderNames.conventional(provider));
    }
  }

  private static void status(AttributeList.Builder to, @Nullable Integer httpStatus) {
    if (httpStatus != null) {
      // Of an attempt and of its failure.
      to.replace(SpanAttributes.HTTP_STATUS, httpStatus.longValue());
    }
  }

  private static void whole(
      AttributeList.Builder to, AttributeKey<Long> key, @Nullable Long value) {
    if (value != null) {
      to.put(key, value);
    }
  }

  private static void decimal(
      AttributeList.Builder to, AttributeKey<Double> key, @Nullable Double value) {
    if (value != null && Double.isFinite(value)) {
      to.put(key, value);
    }
  }

  private static String jsonArray(List<String> texts) {
    JsonBuilder json = new JsonBuilder().raw("[");
    for (int i = 0; i < texts.size() && i < 100; i++) {
      json.raw(i == 0 ? "" : ",").text(SpanText.line(texts.get(i), SpanText.NAME_CHARACTERS));
    }
    return json.raw("]").toString();
  }
}
