package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.intake.body.TokenNames;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry's GenAI conventions, old and new, with the names of OpenRouter and of OpenLLMetry.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/">GenAI spans</a>
 */
final class GenAiVocabulary implements Vocabulary {

  static final TokenNames TOKENS =
      new TokenNames(
          _ -> false, // these are attributes, not fields of a usage
          List.of("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"),
          List.of("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"),
          List.of("gen_ai.usage.total_tokens", "llm.usage.total_tokens"),
          List.of(
              "gen_ai.usage.cache_read.input_tokens",
              "gen_ai.usage.input_tokens.cached",
              "gen_ai.usage.cache_read_input_tokens"),
          List.of(
              "gen_ai.usage.cache_creation.input_tokens",
              "gen_ai.usage.cache_write.input_tokens",
              "gen_ai.usage.input_tokens.cache_write",
              "gen_ai.usage.cache_creation_input_tokens"),
          List.of(
              "gen_ai.usage.reasoning.output_tokens",
              "gen_ai.usage.output_tokens.reasoning",
              "gen_ai.usage.reasoning_tokens"),
          false);

  static final AttributeNames NAMES =
      new AttributeNames(
          TOKENS,
          List.of(
              "gen_ai.input.messages",
              "gen_ai.request.messages",
              "gen_ai.prompt",
              "input.value",
              "span.input",
              "trace.input"),
          List.of(
              "gen_ai.output.messages",
              "gen_ai.completion",
              "gen_ai.response.text",
              "output.value",
              "span.output",
              "trace.output"),
          "gen_ai.prompt.",
          "gen_ai.completion.",
          List.of("gen_ai.system_instructions"),
          List.of("gen_ai.tool.definitions", "gen_ai.request.available_tools"),
          List.of("gen_ai.embeddings.input"),
          List.of("gen_ai.tool.call.arguments", "gen_ai.tool.input"),
          List.of("gen_ai.tool.call.result", "gen_ai.tool.output"),
          List.of("user.id"),
          List.of("gen_ai.conversation.id", "session.id"),
          List.of("trace.metadata.openrouter.api_key_name"),
          List.of("trace.metadata.openrouter_generation.app.title"),
          List.of("trace.metadata.environment", "sentry.environment"),
          List.of("trace.metadata.release", "sentry.release"));

  @Override
  public boolean matches(OtlpSpan span) {
    return true;
  }

  @Override
  public SpanValues read(OtlpSpan span) {
    SpanValues values = NAMES.read(span);
    Exchange exchange = values.exchange();
    return exchange.toolDefinitions() != null
        ? values
        : new SpanValues(
            values.usage(),
            new Exchange(
                exchange.inputMessages(),
                exchange.outputMessages(),
                exchange.systemInstructions(),
                toolsOfOpenRouter(span.attributes()),
                exchange.embeddingsInput()),
            values.toolArguments(),
            values.toolResult(),
            values.caller(),
            values.environment(),
            values.release(),
            values.read());
  }

  /** OpenRouter's tools stand in a copy of the request, beside the answer. */
  private static @Nullable Content<JsonText> toolsOfOpenRouter(OtlpAttributes attributes) {
    if (attributes.get("gen_ai.output.messages") != null
        || !(attributes.get("gen_ai.completion") instanceof JsonValue.Text completion)
        || !completion.value().contains("\"rawRequest\"")) {
      return null;
    }
    JsonObject answer = JsonObject.of(OtlpMessages.parsed(completion));
    JsonValue tools = answer.object("rawRequest").get("tools");
    return tools == null ? null : Content.deferred(() -> AttributeNames.json(tools));
  }
}
