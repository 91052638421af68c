package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.genai.content.ContentPolicy;
import dev.sentrybroadcast.genai.content.SpanContent;
import dev.sentrybroadcast.genai.content.SpanText;
import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Model;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.RequestParameters;
import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.generation.Timing;
import dev.sentrybroadcast.generation.ToolExecution;
import dev.sentrybroadcast.generation.Usage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one mapping from the values of {@code generation} to a span's attributes, for generations and
 * recorded spans alike. Content goes through the span's {@link SpanContent}; everything else is
 * sent in either privacy mode.
 */
final class GenerationAttributes {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final int FINISH_REASONS = 100;

  private final SpanDraft span;
  private final SizedAttributes to;

  GenerationAttributes(SpanDraft span) {
    this.span = span;
    this.to = span.attributes;
  }

  /**
   * Sentry counts every failed span with a conversation's id as an error of the conversation, so
   * only spans with an operation's name carry it.
   */
  void role(SpanRole role, @Nullable String conversationId) {
    to.text(SpanAttributes.SENTRY_OP, op(role));
    if (role.operation() != null) {
      to.text(SpanAttributes.OPERATION_NAME, role.operation());
      to.text(SpanAttributes.CONVERSATION_ID, conversationId);
      span.describe();
    }
  }

  /**
   * One of those that Sentry lists (sentry-conventions, model/op/gen_ai.json); null for a step:
   * Sentry derives it.
   */
  private static @Nullable String op(SpanRole role) {
    return switch (role.type()) {
      case STEP -> null;
      case ATTEMPT -> "http.client";
      case MEMORY -> "gen_ai.memory.client";
      default -> "gen_ai." + role.name();
    };
  }

  void model(Model model) {
    provider(model.provider());
    to.text(SpanAttributes.REQUEST_MODEL, model.requested());
    // Sentry looks the price up by the model that answered.
    boolean answered = !SpanText.isBlank(model.responded());
    to.text(SpanAttributes.RESPONSE_MODEL, answered ? model.responded() : model.requested());
  }

  void parameters(RequestParameters asked) {
    to.put(SpanAttributes.REQUEST_TEMPERATURE, asked.temperature());
    to.put(SpanAttributes.REQUEST_TOP_P, asked.topP());
    to.put(SpanAttributes.REQUEST_TOP_K, asked.topK());
    to.put(SpanAttributes.REQUEST_MAX_TOKENS, asked.maxTokens());
    to.put(SpanAttributes.REQUEST_FREQUENCY_PENALTY, asked.frequencyPenalty());
    to.put(SpanAttributes.REQUEST_PRESENCE_PENALTY, asked.presencePenalty());
    to.text(SpanAttributes.REQUEST_SEED, asked.seed());
    to.text(SpanAttributes.REQUEST_REASONING_LEVEL, asked.reasoningLevel());
    to.text(SpanAttributes.PROMPT_NAME, asked.promptName());
    to.text(SpanAttributes.PROMPT_VERSION, asked.promptVersion());
  }

  /** A cancelled generation did not fail, even if its connection ended with an error. */
  void outcome(Outcome outcome) {
    to.text(SpanAttributes.RESPONSE_ID, outcome.responseId());
    to.text(SpanAttributes.NATIVE_FINISH_REASON, outcome.nativeFinishReason());
    to.put(SpanAttributes.RESPONSE_STREAMING, outcome.streamed());
    if (outcome.cancelled()) {
      to.put(SpanAttributes.CANCELLED, true);
      error(outcome.failure());
    } else {
      finishReasons(outcome);
      failure(outcome.failure());
    }
  }

  void firstToken(Timing timing) {
    Long first = timing.firstTokenEpochNanos();
    if (first != null && first >= timing.startEpochNanos()) {
      to.put(
          SpanAttributes.RESPONSE_TIME_TO_FIRST_CHUNK,
          (first - timing.startEpochNanos()) / NANOS_PER_SECOND);
    }
  }

  void usage(Usage usage) {
    Long input = usage.inputTokens();
    Long output = usage.outputTokens();
    Long total = usage.totalTokens();
    if (total == null && input != null && output != null) {
      total = input + output;
    }
    to.put(SpanAttributes.USAGE_INPUT, input);
    to.put(SpanAttributes.USAGE_OUTPUT, output);
    to.put(SpanAttributes.USAGE_TOTAL, total);
    to.put(SpanAttributes.USAGE_CACHE_READ, usage.cacheReadInputTokens());
    to.put(SpanAttributes.USAGE_CACHE_READ_OLD, usage.cacheReadInputTokens());
    to.put(SpanAttributes.USAGE_CACHE_WRITE, usage.cacheWriteInputTokens());
    to.put(SpanAttributes.USAGE_CACHE_WRITE_OLD, usage.cacheWriteInputTokens());
    to.put(SpanAttributes.USAGE_REASONING, usage.reasoningOutputTokens());
    to.put(SpanAttributes.USAGE_REASONING_OLD, usage.reasoningOutputTokens());
  }

  void cost(Cost cost) {
    Double input = cost.input();
    Double output = cost.output();
    Double total = cost.total();
    if (total == null && input != null && output != null) {
      // Sentry keeps a sender's cost only where the total is there
      // (https://github.com/getsentry/relay/pull/6338).
      total = input + output;
    }
    to.put(SpanAttributes.COST_TOTAL, total);
    to.put(SpanAttributes.COST_INPUT, input);
    to.put(SpanAttributes.COST_OUTPUT, output);
    to.put(SpanAttributes.COST_CACHE_READ, cost.cacheRead());
    to.put(SpanAttributes.COST_CACHE_WRITE, cost.cacheWrite());
    to.put(SpanAttributes.COST_REASONING, cost.reasoning());
  }

  /** Tokens and cost of a span that is no model call, under names that Sentry does not sum. */
  void sums(Usage usage, Cost cost) {
    to.put(SpanAttributes.SUM_INPUT, usage.inputTokens());
    to.put(SpanAttributes.SUM_OUTPUT, usage.outputTokens());
    to.put(SpanAttributes.SUM_CACHE_READ, usage.cacheReadInputTokens());
    to.put(SpanAttributes.SUM_CACHE_WRITE, usage.cacheWriteInputTokens());
    to.put(SpanAttributes.SUM_REASONING, usage.reasoningOutputTokens());
    to.put(SpanAttributes.SUM_COST, cost.total());
  }

  void exchange(Exchange exchange) {
    SpanContent content = span.content;
    content.inputMessages(SpanAttributes.INPUT_MESSAGES, exchange.inputMessages());
    content.outputMessages(SpanAttributes.OUTPUT_MESSAGES, exchange.outputMessages());
    content.parts(SpanAttributes.SYSTEM_INSTRUCTIONS, exchange.systemInstructions());
    content.toolDefinitions(SpanAttributes.TOOL_DEFINITIONS, exchange.toolDefinitions());
  }

  /** Of a call of a model alone: Sentry counts every span that has it. */
  void embeddingsInput(Exchange exchange) {
    span.content.json(SpanAttributes.EMBEDDINGS_INPUT, exchange.embeddingsInput());
  }

  void tool(ToolExecution tool) {
    tool(tool, tool.failure());
    failure(tool.failure());
  }

  /** A failed tool without a result has its error's words as such: Sentry shows no others. */
  void tool(ToolExecution tool, @Nullable Failure failure) {
    to.text(SpanAttributes.TOOL_NAME, tool.name());
    to.text(SpanAttributes.TOOL_CALL_ID, tool.id());
    span.content.text(SpanAttributes.TOOL_DESCRIPTION, tool.description());
    span.content.json(SpanAttributes.TOOL_CALL_ARGUMENTS, tool.arguments());
    span.content.json(SpanAttributes.TOOL_CALL_RESULT, tool.result());
    if (tool.result() != null) {
      to.put(SpanAttributes.TOOL_CALL_RESULT_SIZE, ContentPolicy.utf8Bytes(tool.result()));
    } else if (failure != null) {
      Content<String> words = failure.message();
      span.content.text(
          SpanAttributes.TOOL_CALL_RESULT, words == null ? Content.of(failure.type()) : words);
    }
  }

  void attempt(Attempt attempt) {
    provider(attempt.provider());
    to.text(SpanAttributes.REQUEST_MODEL, attempt.model());
    httpStatus(attempt.httpStatus());
    failure(attempt.failure());
  }

  void failure(@Nullable Failure failure) {
    error(failure);
    if (failure != null) {
      span.content.failure(failure);
      span.fail();
    }
  }

  private void error(@Nullable Failure failure) {
    if (failure != null) {
      to.text(SpanAttributes.ERROR_TYPE, failure.type());
      httpStatus(failure.httpStatus());
    }
  }

  private void provider(@Nullable String provider) {
    if (provider != null && !provider.isBlank()) {
      to.text(SpanAttributes.PROVIDER_NAME, ProviderNames.conventional(provider));
    }
  }

  private void httpStatus(@Nullable Integer status) {
    to.put(SpanAttributes.HTTP_STATUS, status == null ? null : status.longValue());
  }

  private void finishReasons(Outcome outcome) {
    if (!outcome.finishReasons().isEmpty()) {
      String reasons =
          outcome.finishReasons().stream()
              .limit(FINISH_REASONS)
              .map(reason -> SpanText.line(reason, SpanText.NAME_CHARACTERS))
              .map(SpanText::quoted)
              .collect(Collectors.joining(",", "[", "]"));
      to.put(SpanAttributes.RESPONSE_FINISH_REASONS, reasons);
    }
  }
}
