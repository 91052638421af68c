package dev.sentrybroadcast.producers;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A span as Sentry reads it: what it counts as, and the rules that hold for every span. */
record SentSpan(SpanData data, Map<String, Object> attributes) {

  static final String MODEL_CALL = "model call";
  static final String AGENT = "agent";
  static final String TOOL = "tool";
  static final String NONE = "none";
  static final String OPERATION = "gen_ai.operation.name";
  static final String INPUT = "gen_ai.usage.input_tokens";
  static final String OUTPUT = "gen_ai.usage.output_tokens";
  static final String TOTAL = "gen_ai.usage.total_tokens";
  static final String CACHED = "gen_ai.usage.cache_read.input_tokens";
  static final String WRITTEN = "gen_ai.usage.cache_creation.input_tokens";
  static final String REASONING = "gen_ai.usage.reasoning.output_tokens";
  static final String COST = "gen_ai.cost.total_tokens";
  static final String FINISH = "gen_ai.response.finish_reasons";

  /** What a person or a model wrote: drawn with privacy mode off, absent with it on. */
  static final Set<String> CONTENT =
      Set.of(
          "gen_ai.input.messages",
          "gen_ai.output.messages",
          "gen_ai.system_instructions",
          "gen_ai.tool.definitions",
          "gen_ai.tool.description",
          "gen_ai.tool.call.arguments",
          "gen_ai.tool.call.result",
          "gen_ai.agent.description",
          "gen_ai.embeddings.input");

  /** The names that Sentry adds up over spans, and the older ones that Relay copies into them. */
  private static final Pattern SUMMED =
      Pattern.compile(
          "gen_ai\\.usage\\.(input|output|total)_tokens(\\.(cached|cache_write|reasoning))?"
              + "|gen_ai\\.usage\\.(cache_read|cache_creation)\\.input_tokens"
              + "|gen_ai\\.usage\\.(reasoning\\.output|prompt|completion)_tokens"
              + "|gen_ai\\.cost\\.(.+\\.)?(input|output|total)_tokens"
              + "|ai\\.(prompt|completion|total)_tokens\\.used");

  static SentSpan of(SpanData data) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    data.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
    return new SentSpan(data, attributes);
  }

  static List<SentSpan> distinct(List<SentSpan> spans) {
    Map<String, SentSpan> byId = new LinkedHashMap<>();
    spans.forEach(span -> byId.putIfAbsent(span.data.getTraceId() + span.id(), span));
    return List.copyOf(byId.values());
  }

  String id() {
    return data.getSpanId();
  }

  boolean failed() {
    return data.getStatus().getStatusCode() == StatusCode.ERROR;
  }

  /** How Sentry counts it, {@code gen_ai.operation.type}: a model call, agent, tool, or none. */
  String type() {
    String op = text("sentry.op");
    String derived = op.matches("(gen_ai|ai)\\..+") ? op.substring(op.indexOf('.') + 1) : "";
    return switch (attributes.containsKey(OPERATION) ? text(OPERATION) : derived) {
      case "" -> NONE;
      case "invoke_agent", "create_agent" -> AGENT;
      case "execute_tool" -> TOOL;
      case "handoff" -> "handoff";
      default -> MODEL_CALL;
    };
  }

  /** An attribute as text; empty where it is absent. */
  String text(String key) {
    Object value = attributes.get(key);
    return value == null ? "" : value.toString();
  }

  double number(String key) {
    return attributes.get(key) instanceof Number number ? number.doubleValue() : 0;
  }

  /** An attribute, or one of a span's own fields under a short name. */
  @Nullable Object value(String key) {
    return switch (key) {
      case "span" -> id();
      case "status" -> data.getStatus().getStatusCode().name();
      case "seconds" -> (data.getEndEpochNanos() - data.getStartEpochNanos()) / 1e9;
      case "finish" ->
          attributes.containsKey(FINISH)
              ? String.join(",", items(FINISH).map(JsonNode::asString).toList())
              : null;
      default -> attributes.get(key);
    };
  }

  /** The items of an attribute that is a JSON array as text; none where it is none. */
  Stream<JsonNode> items(String key) {
    try {
      return JsonMapper.shared().readTree(text(key)).valueStream();
    } catch (JacksonException _) {
      return Stream.of();
    }
  }

  Stream<JsonNode> parts(String key) {
    return items(key).flatMap(message -> message.path("parts").valueStream());
  }

  /** The content that Sentry draws; of a span that is nothing to it, every attribute. */
  String drawn() {
    StringBuilder text = new StringBuilder(data.getStatus().getDescription());
    attributes.forEach((key, value) -> {
      if (CONTENT.contains(key) || type().equals(NONE)) {
        text.append('\n').append(value);
      }
    });
    return text.toString();
  }

  /** The attributes, or the name, that hold a token. */
  Stream<String> leaks() {
    return Stream.concat(
        data.getName().contains("CANARY") ? Stream.of("name of " + id()) : Stream.of(),
        attributes.keySet().stream().filter(key -> (key + attributes.get(key)).contains("CANARY")));
  }

  /** Which rules this span breaks that hold for the spans of every message. */
  List<String> faults(boolean privacy) {
    List<String> faults = new ArrayList<>();
    attributes.forEach((key, value) -> {
      boolean summed = SUMMED.matcher(key).matches();
      if (value instanceof List) {
        faults.add("shape: array in " + key);
      }
      if (summed && !type().equals(MODEL_CALL)) {
        faults.add("sums: " + key + " on a span of type " + type());
      }
      if (summed && !(key.contains("cost") ? value instanceof Double : value instanceof Long)) {
        faults.add("shape: " + key + " is a " + value.getClass().getSimpleName());
      }
      if (privacy && CONTENT.contains(key)) {
        faults.add("leak: " + key + " is there");
      }
      if (key.matches("gen_ai\\.(input|output)\\.messages")
          && (parts(key).findAny().isEmpty()
              || !items(key).allMatch(message -> message.path("role").isString()))) {
        faults.add("shape: " + key + " is no array of messages with roles and parts");
      }
    });
    if (data.getName().length() > 200) {
      faults.add("shape: name of " + data.getName().length() + " characters");
    }
    if (!type().equals(NONE) && !text("sentry.op").startsWith("gen_ai.")) {
      faults.add("shape: operation " + text(OPERATION) + " with sentry.op " + text("sentry.op"));
    }
    double parts = number("gen_ai.cost.input_tokens") + number("gen_ai.cost.output_tokens");
    if (attributes.containsKey(COST) && parts > 0 && Math.abs(parts - number(COST)) > 1e-9) {
      faults.add("sums: the cost's parts are " + parts + ", its total is " + number(COST));
    }
    boolean counted = attributes.keySet().containsAll(Set.of(INPUT, OUTPUT));
    double total = attributes.containsKey(TOTAL) ? number(TOTAL) : number(INPUT) + number(OUTPUT);
    double cached = number(CACHED) + number(WRITTEN);
    if (counted
        && (number(INPUT) + number(OUTPUT) != total
            || cached > number(INPUT)
            || number(REASONING) > number(OUTPUT))) {
      faults.add("sums: the tokens of a span do not add up");
    }
    return faults;
  }
}
