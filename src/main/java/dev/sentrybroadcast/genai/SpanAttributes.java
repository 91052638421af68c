package dev.sentrybroadcast.genai;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;

/**
 * The name and type of every attribute of ours. Types are those of sentry-conventions 0.33.0
 * (2026-11-10), which differ from OpenTelemetry's: {@code seed} and {@code finish_reasons} are
 * text, and messages are JSON text. OpenTelemetry names are those of semantic-conventions 1.41.1.
 */
final class SpanAttributes {

  // Every span. Sentry's own names and the two general ones it shares with OpenTelemetry.
  static final AttributeKey<String> SENTRY_OP = stringKey("sentry.op");
  static final AttributeKey<String> SENTRY_DESCRIPTION = stringKey("sentry.description");
  static final AttributeKey<String> SENTRY_ORIGIN = stringKey("sentry.origin");
  static final AttributeKey<String> SENTRY_ENVIRONMENT = stringKey("sentry.environment");
  static final AttributeKey<String> SENTRY_RELEASE = stringKey("sentry.release");
  static final AttributeKey<String> USER_ID = stringKey("user.id");
  static final AttributeKey<String> SESSION_ID = stringKey("session.id");
  static final AttributeKey<String> CONVERSATION_ID = stringKey("gen_ai.conversation.id");
  static final AttributeKey<String> AGENT_NAME = stringKey("gen_ai.agent.name");

  /** What stands before a key of the record's {@code trace} object. */
  static final String METADATA_PREFIX = "trace.metadata.";

  // The generation: what was asked and what answered. OpenTelemetry, typed as Sentry does.
  static final AttributeKey<String> OPERATION_NAME = stringKey("gen_ai.operation.name");
  static final AttributeKey<String> PROVIDER_NAME = stringKey("gen_ai.provider.name");
  static final AttributeKey<String> REQUEST_MODEL = stringKey("gen_ai.request.model");
  static final AttributeKey<Double> REQUEST_TEMPERATURE = doubleKey("gen_ai.request.temperature");
  static final AttributeKey<Double> REQUEST_TOP_P = doubleKey("gen_ai.request.top_p");
  static final AttributeKey<Long> REQUEST_TOP_K = longKey("gen_ai.request.top_k");
  static final AttributeKey<Long> REQUEST_MAX_TOKENS = longKey("gen_ai.request.max_tokens");
  static final AttributeKey<Double> REQUEST_FREQUENCY_PENALTY =
      doubleKey("gen_ai.request.frequency_penalty");
  static final AttributeKey<Double> REQUEST_PRESENCE_PENALTY =
      doubleKey("gen_ai.request.presence_penalty");
  static final AttributeKey<String> REQUEST_SEED = stringKey("gen_ai.request.seed");
  static final AttributeKey<String> REQUEST_REASONING_LEVEL =
      stringKey("gen_ai.request.reasoning.level");
  static final AttributeKey<String> PROMPT_NAME = stringKey("gen_ai.prompt.name");
  static final AttributeKey<String> PROMPT_VERSION = stringKey("gen_ai.prompt.version");
  static final AttributeKey<String> RESPONSE_MODEL = stringKey("gen_ai.response.model");
  static final AttributeKey<String> RESPONSE_ID = stringKey("gen_ai.response.id");
  static final AttributeKey<String> RESPONSE_FINISH_REASONS =
      stringKey("gen_ai.response.finish_reasons");
  static final AttributeKey<Double> RESPONSE_TIME_TO_FIRST_CHUNK =
      doubleKey("gen_ai.response.time_to_first_chunk");

  // Sentry's alone.
  static final AttributeKey<Boolean> RESPONSE_STREAMING = booleanKey("gen_ai.response.streaming");

  // Tokens. OpenTelemetry, but for the total, which is Sentry's.
  static final AttributeKey<Long> USAGE_INPUT = longKey("gen_ai.usage.input_tokens");
  static final AttributeKey<Long> USAGE_OUTPUT = longKey("gen_ai.usage.output_tokens");
  static final AttributeKey<Long> USAGE_TOTAL = longKey("gen_ai.usage.total_tokens");
  static final AttributeKey<Long> USAGE_CACHE_READ =
      longKey("gen_ai.usage.cache_read.input_tokens");
  static final AttributeKey<Long> USAGE_CACHE_WRITE =
      longKey("gen_ai.usage.cache_creation.input_tokens");
  static final AttributeKey<Long> USAGE_REASONING = longKey("gen_ai.usage.reasoning.output_tokens");

  // The spellings that Relay's cost calculation read until 2026; deprecated, with equal values.
  static final AttributeKey<Long> USAGE_CACHE_READ_OLD =
      longKey("gen_ai.usage.input_tokens.cached");
  static final AttributeKey<Long> USAGE_CACHE_WRITE_OLD =
      longKey("gen_ai.usage.input_tokens.cache_write");
  static final AttributeKey<Long> USAGE_REASONING_OLD =
      longKey("gen_ai.usage.output_tokens.reasoning");

  // US dollars, whatever the names say. Sentry's alone: OpenTelemetry has no cost.
  static final AttributeKey<Double> COST_TOTAL = doubleKey("gen_ai.cost.total_tokens");
  static final AttributeKey<Double> COST_INPUT = doubleKey("gen_ai.cost.input_tokens");
  static final AttributeKey<Double> COST_OUTPUT = doubleKey("gen_ai.cost.output_tokens");
  static final AttributeKey<Double> COST_CACHE_READ =
      doubleKey("gen_ai.cost.cache_read.input_tokens");
  static final AttributeKey<Double> COST_CACHE_WRITE =
      doubleKey("gen_ai.cost.cache_creation.input_tokens");
  static final AttributeKey<Double> COST_REASONING =
      doubleKey("gen_ai.cost.reasoning.output_tokens");

  // Content: only set from what ContentPolicy reveals.
  static final AttributeKey<String> INPUT_MESSAGES = stringKey("gen_ai.input.messages");
  static final AttributeKey<String> OUTPUT_MESSAGES = stringKey("gen_ai.output.messages");
  static final AttributeKey<String> SYSTEM_INSTRUCTIONS = stringKey("gen_ai.system_instructions");
  static final AttributeKey<String> TOOL_DEFINITIONS = stringKey("gen_ai.tool.definitions");
  static final AttributeKey<String> EMBEDDINGS_INPUT = stringKey("gen_ai.embeddings.input");
  static final AttributeKey<String> TOOL_DESCRIPTION = stringKey("gen_ai.tool.description");
  static final AttributeKey<String> TOOL_CALL_ARGUMENTS = stringKey("gen_ai.tool.call.arguments");
  static final AttributeKey<String> TOOL_CALL_RESULT = stringKey("gen_ai.tool.call.result");

  static final AttributeKey<Long> TOOL_CALL_RESULT_SIZE = longKey("gen_ai.tool.call.result.size");

  static final AttributeKey<String> TOOL_CALL_ID = stringKey("gen_ai.tool.call.id");
  static final AttributeKey<String> TOOL_NAME = stringKey("gen_ai.tool.name");

  // What failed. General OpenTelemetry names.
  static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");
  static final AttributeKey<Long> HTTP_STATUS = longKey("http.response.status_code");

  // Ours.
  static final AttributeKey<String> RECORD_ID = stringKey("broadcast.record.id");
  static final AttributeKey<Boolean> CANCELLED = booleanKey("broadcast.cancelled");
  static final AttributeKey<String> NATIVE_FINISH_REASON =
      stringKey("broadcast.native_finish_reason");
  static final AttributeKey<String> KEY_NAME = stringKey("broadcast.key.name");
  static final AttributeKey<String> APP_NAME = stringKey("broadcast.app.name");
  static final AttributeKey<String> SAMPLING_REASON = stringKey("broadcast.sampling.reason");
  static final AttributeKey<Double> SAMPLING_RATE = doubleKey("broadcast.sampling.rate");
  static final AttributeKey<Boolean> CONTENT_TRUNCATED = booleanKey("broadcast.content.truncated");
  static final AttributeKey<Long> CONTENT_ORIGINAL_LENGTH =
      longKey("broadcast.content.original_length");
  static final AttributeKey<Long> SPANS_LEFT_OUT = longKey("broadcast.spans.left_out");

  // What wrappers report of the calls below them. Sentry hides names with the word "token".
  static final AttributeKey<Long> SUM_INPUT = longKey("broadcast.aggregated_usage.input");
  static final AttributeKey<Long> SUM_OUTPUT = longKey("broadcast.aggregated_usage.output");
  static final AttributeKey<Long> SUM_CACHE_READ = longKey("broadcast.aggregated_usage.cache_read");
  static final AttributeKey<Long> SUM_CACHE_WRITE =
      longKey("broadcast.aggregated_usage.cache_creation");
  static final AttributeKey<Long> SUM_REASONING = longKey("broadcast.aggregated_usage.reasoning");
  static final AttributeKey<Double> SUM_COST = doubleKey("broadcast.aggregated_cost");

  // The resource.
  static final AttributeKey<String> SERVICE_NAME = stringKey("service.name");
  static final AttributeKey<String> SERVICE_VERSION = stringKey("service.version");
  static final AttributeKey<String> SDK_LANGUAGE = stringKey("telemetry.sdk.language");
  static final AttributeKey<String> DEPLOYMENT_ENVIRONMENT =
      stringKey("deployment.environment.name");

  static final String REDACTED = "broadcast.redacted.";

  private SpanAttributes() {}

  /** How often a kind was redacted on the span. */
  static AttributeKey<Long> redacted(String kind) {
    return longKey(REDACTED + kind);
  }

  /** The sum over all kinds. */
  static long redacted(Attributes attributes) {
    long[] sum = {0};
    attributes.forEach((key, value) -> {
      if (key.getKey().startsWith(REDACTED) && value instanceof Long count) {
        sum[0] += count;
      }
    });
    return sum[0];
  }
}
