package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.genai.content.SpanText;
import dev.sentrybroadcast.generation.RecordedSpan;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.Usage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a recorded span does. Sentry counts a span with an operation's name as a call of a model, an
 * agent or a tool. A span without one gets one only where other attributes say that it is a call,
 * or where it has a model and tokens and no child span that could repeat them.
 *
 * @param name of the operation; null where it is none
 * @param op for Sentry; null where nothing says it
 */
record RecordedOperation(@Nullable String name, @Nullable String op) {

  /** {@code isParent}: other spans of the trace are its children. */
  static RecordedOperation of(RecordedSpan span, boolean isParent) {
    Map<String, Scalar> attributes = span.attributes();
    String name = RecordedValues.text(attributes.get("gen_ai.operation.name"));
    if (name == null) {
      name = inferred(span, isParent);
    }
    if (name != null) {
      return new RecordedOperation(name, "gen_ai." + op(name));
    }
    if (isAttempt(attributes.get("gen_ai.response.id"))) {
      return new RecordedOperation(null, "http.client");
    }
    String op = RecordedValues.text(attributes.get("sentry.op"));
    boolean isCall = op != null && (op.startsWith("gen_ai.") || op.startsWith("ai."));
    return new RecordedOperation(null, isCall ? null : op);
  }

  private static @Nullable String inferred(RecordedSpan span, boolean isParent) {
    String requestType = RecordedValues.text(span.attributes().get("llm.request.type"));
    if (requestType != null) {
      return switch (requestType) {
        case "chat" -> "chat";
        case "completion" -> "text_completion";
        case "embedding" -> "embeddings";
        case "rerank" -> "rerank";
        default -> null;
      };
    }
    Usage usage = span.usage();
    boolean hasTokens = usage.inputTokens() != null || usage.outputTokens() != null;
    return !isParent && hasTokens && span.attributes().containsKey("gen_ai.request.model")
        ? "chat"
        : null;
  }

  private static String op(String name) {
    return switch (name) {
      case "text_completion" -> "generate_content";
      default -> SpanText.line(name, SpanText.NAME_CHARACTERS);
    };
  }

  /** OpenRouter marks the upstreams that it tried in this way. */
  private static boolean isAttempt(@Nullable Scalar responseId) {
    return responseId instanceof Scalar.Text(String id) && id.contains(":attempt-");
  }
}
