package dev.sentrybroadcast.sentryview;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A span as Sentry stores it.
 *
 * @param type Sentry's {@code gen_ai.operation.type}; null for a span that is no AI span
 * @param sent the attributes as they were sent
 * @param attributes the same after Relay: deprecated names have their successors beside them
 */
record StoredSpan(
    String id,
    String name,
    long start,
    long end,
    boolean failed,
    @Nullable String type,
    Map<String, Object> sent,
    Map<String, Object> attributes) {

  static final String INPUT = "gen_ai.input.messages";
  static final String OUTPUT = "gen_ai.output.messages";
  static final String SYSTEM = "gen_ai.system_instructions";
  static final String RESULT = "gen_ai.tool.call.result";
  static final String EMBEDDED = "gen_ai.embeddings.input";
  static final String DEFINITIONS = "gen_ai.tool.definitions";
  static final String CONVERSATION = "gen_ai.conversation.id";
  static final String OPERATION = "gen_ai.operation.name";
  static final String USAGE = "gen_ai.usage.";

  /** Deprecated names, with the names that Relay gives their values. */
  static final Map<String, String> RENAMED =
      Map.ofEntries(
          Map.entry("gen_ai.system", "gen_ai.provider.name"),
          Map.entry("gen_ai.prompt", INPUT),
          Map.entry("gen_ai.request.messages", INPUT),
          Map.entry("gen_ai.response.text", OUTPUT),
          Map.entry("gen_ai.tool.input", "gen_ai.tool.call.arguments"),
          Map.entry("gen_ai.tool.output", RESULT),
          Map.entry("gen_ai.request.available_tools", DEFINITIONS),
          Map.entry(USAGE + "input_tokens.cached", USAGE + "cache_read.input_tokens"),
          Map.entry(USAGE + "input_tokens.cache_write", USAGE + "cache_creation.input_tokens"),
          Map.entry(USAGE + "output_tokens.reasoning", USAGE + "reasoning.output_tokens"));

  static StoredSpan of(SpanData span) {
    Map<String, Object> sent = new LinkedHashMap<>();
    span.getAttributes().forEach((key, value) -> sent.put(key.getKey(), value));
    return of(
        span.getSpanId(),
        span.getName(),
        span.getStartEpochNanos(),
        span.getEndEpochNanos(),
        span.getStatus().getStatusCode() == StatusCode.ERROR,
        sent);
  }

  static StoredSpan of(
      String id, String name, long start, long end, boolean failed, Map<String, Object> sent) {
    Map<String, Object> stored = new LinkedHashMap<>();
    RENAMED.forEach((old, current) -> {
      Object value = sent.get(old);
      if (value != null) {
        stored.put(current, value);
      }
    });
    stored.putAll(sent);
    String type = typeOf(stored);
    Object requested = stored.get("gen_ai.request.model");
    if (type != null && requested != null) {
      stored.putIfAbsent("gen_ai.response.model", requested);
    }
    return new StoredSpan(id, name, start, end, failed, type, sent, stored);
  }

  private static @Nullable String typeOf(Map<String, Object> attributes) {
    String op = String.valueOf(attributes.getOrDefault("sentry.op", ""));
    Object operation = attributes.get(OPERATION);
    if (operation == null && !op.startsWith("gen_ai.") && !op.startsWith("ai.")) {
      return null;
    }
    String name = operation == null ? op.replaceFirst("^gen_ai\\.", "") : operation.toString();
    return switch (name) {
      case "invoke_agent", "create_agent" -> "agent";
      case "execute_tool" -> "tool";
      case "handoff" -> "handoff";
      default -> "ai_client";
    };
  }

  boolean is(String wanted) {
    return wanted.equals(type);
  }

  boolean evaluates() {
    return "evaluate".equals(attributes.get(OPERATION));
  }

  /** A call that makes a turn of the transcript. */
  boolean isTurn() {
    return is("ai_client")
        && !"embeddings".equals(attributes.get(OPERATION))
        && !"gen_ai.embeddings".equals(attributes.get("sentry.op"))
        && text(EMBEDDED).isEmpty();
  }

  /** Empty where the attribute is absent or no text. */
  String text(String key) {
    return attributes.get(key) instanceof String text ? text : "";
  }

  /** 0 where the attribute is absent or no number. */
  double number(String key) {
    return attributes.get(key) instanceof Number number ? number.doubleValue() : 0;
  }

  /** Names the span without its attributes, which may be content. */
  @Override
  public String toString() {
    return id + " " + type;
  }
}
