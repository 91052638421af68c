package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.Numbers;
import dev.sentrybroadcast.intake.json.Words;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Attributes that leave in privacy mode under the names that their producer gave them: names, ids,
 * words of enumerations, measurements, and metadata that a caller gave to be sent. Every other
 * attribute is content, whatever its type.
 */
final class OwnNames {

  /** Names and ids. */
  private static final Set<String> TEXTS =
      names(
          """
          gen_ai.provider.name gen_ai.system gen_ai.request.model gen_ai.response.model
          gen_ai.response.id gen_ai.conversation.id gen_ai.agent.id gen_ai.agent.name
          gen_ai.agent.version gen_ai.agent.call.id gen_ai.tool.name gen_ai.tool.call.id
          gen_ai.prompt.name gen_ai.prompt.version mcp.prompt.name
          gen_ai.data_source.id gen_ai.workflow.name gen_ai.pipeline.name gen_ai.evaluation.name
          gen_ai.memory.store.id gen_ai.memory.record.id aws.bedrock.guardrail.id
          aws.bedrock.knowledge_base.id mcp.session.id jsonrpc.request.id server.address
          db.collection.name trace.name user.id session.id service.name service.version
          deployment.environment deployment.environment.name sentry.environment sentry.release
          """);

  /** Words of an enumeration: a sentence in their place is dropped. */
  private static final Set<String> WORDS =
      names(
          """
          gen_ai.tool.type gen_ai.output.type gen_ai.token.type gen_ai.request.service_tier
          gen_ai.request.encoding_formats openai.api.type openai.response.system_fingerprint
          mcp.protocol.version openai.request.service_tier openai.response.service_tier
          llm.request.type openinference.span.kind traceloop.span.kind span.type span.level
          sentry.op mcp.method.name http.request.method db.system.name db.operation.name
          network.transport network.protocol.name rpc.system messaging.system
          """);

  private static final Set<String> NUMBERS =
      names(
          """
          gen_ai.request.max_tokens gen_ai.response.time_to_first_token
          gen_ai.server.time_to_first_token gen_ai.server.time_per_output_token
          gen_ai.server.request.duration gen_ai.client.operation.duration
          gen_ai.response.tokens_per_second gen_ai.context.window_size
          gen_ai.context.utilization gen_ai.evaluation.score.value gen_ai.memory.record.count
          gen_ai.tool.call.result.size http.response.status_code server.port
          """);

  /** Counts and costs of kinds that Sentry has no name for; never in a name that it sums. */
  private static final Pattern MEASUREMENT =
      Pattern.compile(
          "gen_ai\\.(usage|aggregated_usage)\\.(details\\.)?\\w+(\\.\\w+)?_(tokens|cost)"
              + "|gen_ai\\.usage\\.(input|output)_tokens\\.(audio|image|video|text)"
              + "|ag2\\.usage\\.total_tokens");

  private static final Set<String> WHOLE = Set.of("gen_ai.context.window_size");

  /** From so many numbers on, an array is an embedding. */
  private static final int VECTOR = 8;

  private OwnNames() {}

  private static Set<String> names(String table) {
    return Set.of(table.strip().split("\\s+", -1));
  }

  /** Names that Sentry or we give their values, whatever a producer wrote there. */
  static boolean areOurs(String name) {
    return (name.startsWith("sentry.") && !name.equals("sentry.op"))
        || name.equals("trace.metadata.service.name")
        || name.equals("trace.metadata.service.version");
  }

  /** Whether it is an embedding, which nobody reads. */
  static boolean isVector(String name, JsonValue value) {
    boolean isNamed = name.contains("embedding") || name.contains("vector");
    List<JsonValue> items = JsonValue.items(isNamed ? Json.inText(value) : value);
    List<JsonValue> numbers =
        items.isEmpty() || !items.getFirst().isArray() ? items : JsonValue.items(items.getFirst());
    return numbers.size() >= (isNamed ? 1 : VECTOR)
        && numbers.stream().allMatch(JsonValue.Numeric.class::isInstance);
  }

  /** The value of an attribute that may leave in privacy mode; null for content. */
  static @Nullable Scalar harmless(String name, JsonValue value, Set<String> moreTexts) {
    if (name.startsWith("trace.metadata.") || name.startsWith("span.metadata.")) {
      return any(value, Limits.METADATA_VALUE_CHARS);
    }
    if (NUMBERS.contains(name) || MEASUREMENT.matcher(name).matches()) {
      return number(name, value);
    }
    if (WORDS.contains(name)) {
      String text = JsonValue.text(value);
      boolean isOperation =
          name.equals("sentry.op") && text != null && text.matches("(gen_ai|ai)\\..*");
      return text == null || isOperation || !Words.isWord(text) ? null : new Scalar.Text(text);
    }
    boolean isText = value instanceof JsonValue.Text || value instanceof JsonValue.Numeric;
    return isText && (TEXTS.contains(name) || moreTexts.contains(name))
        ? text(value, Limits.METADATA_VALUE_CHARS)
        : null;
  }

  private static @Nullable Scalar number(String name, JsonValue value) {
    Double number = Numbers.decimal(value);
    Long whole = Numbers.whole(value);
    if (value instanceof JsonValue.Text && number != null) {
      return WHOLE.contains(name) && whole != null
          ? new Scalar.Whole(whole)
          : new Scalar.Decimal(number);
    }
    return number == null ? null : any(value, 0);
  }

  /** The value with its type; arrays and objects as JSON. */
  static Scalar any(JsonValue value, int chars) {
    return switch (value) {
      case JsonValue.Bool(boolean flag) -> new Scalar.Flag(flag);
      case JsonValue.Numeric number -> {
        // A double with a whole value stays a double.
        Long whole = number.text().indexOf('.') < 0 ? Numbers.whole(number) : null;
        Double decimal = Numbers.decimal(number);
        yield whole != null
            ? new Scalar.Whole(whole)
            : decimal == null ? text(value, chars) : new Scalar.Decimal(decimal);
      }
      default -> text(value, chars);
    };
  }

  private static Scalar text(JsonValue value, int chars) {
    return new Scalar.Text(Limits.cut(JsonTexts.words(value), chars));
  }
}
