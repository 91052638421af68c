package dev.sentrybroadcast.producers;

import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A span as Sentry reads it: what it counts as, and the rules that hold for every span. */
record SentSpan(SpanData data, Map<String, Object> attributes, List<String> arrays) {

  /** How Sentry counts a span: {@code gen_ai.operation.type}. */
  enum Type {
    MODEL_CALL,
    AGENT,
    TOOL,
    HANDOFF,
    OTHER
  }

  static final String OPERATION = "gen_ai.operation.name";
  static final String AGENT_NAME = "gen_ai.agent.name";
  static final String TOOL_NAME = "gen_ai.tool.name";
  static final String INPUT = "gen_ai.usage.input_tokens";
  static final String OUTPUT = "gen_ai.usage.output_tokens";
  static final String TOTAL = "gen_ai.usage.total_tokens";
  static final String CACHED = "gen_ai.usage.cache_read.input_tokens";
  static final String WRITTEN = "gen_ai.usage.cache_creation.input_tokens";
  static final String REASONING = "gen_ai.usage.reasoning.output_tokens";
  static final String COST = "gen_ai.cost.total_tokens";

  /** What a person or a model wrote: drawn by Sentry with privacy mode off, absent with it on. */
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
          "gen_ai.embeddings.input",
          "sentry.status.message");

  /** The names that Sentry adds up over spans, and the older ones that Relay copies into them. */
  private static final Pattern SUMMED =
      Pattern.compile(
          "gen_ai\\.usage\\.(input|output|total)_tokens(\\.(cached|cache_write|reasoning))?"
              + "|gen_ai\\.usage\\.(cache_read|cache_creation)\\.input_tokens"
              + "|gen_ai\\.usage\\.(reasoning\\.output|prompt|completion)_tokens"
              + "|gen_ai\\.cost\\.(.+\\.)?(input|output|total)_tokens"
              + "|ai\\.(prompt|completion|total)_tokens\\.used");

  private static final int NAME_CHARACTERS = 200;
  private static final JsonMapper JSON = JsonMapper.shared();

  static SentSpan of(SpanData data) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    List<String> arrays = new ArrayList<>();
    data.getAttributes()
        .forEach((key, value) -> {
          attributes.put(key.getKey(), value);
          AttributeType type = key.getType();
          if (type != AttributeType.STRING
              && type != AttributeType.LONG
              && type != AttributeType.DOUBLE
              && type != AttributeType.BOOLEAN) {
            arrays.add(key.getKey());
          }
        });
    return new SentSpan(data, attributes, arrays);
  }

  /** Without those whose ids were there before: Sentry stores them once. */
  static List<SentSpan> distinct(List<SentSpan> spans) {
    Map<String, SentSpan> byId = new LinkedHashMap<>();
    spans.forEach(span -> byId.putIfAbsent(span.data.getTraceId() + span.id(), span));
    return List.copyOf(byId.values());
  }

  String id() {
    return data.getSpanId();
  }

  Type type() {
    String operation = text(OPERATION);
    String op = text("sentry.op");
    if (operation == null && op != null && (op.startsWith("gen_ai.") || op.startsWith("ai."))) {
      operation = op.substring(op.indexOf('.') + 1);
    }
    if (operation == null) {
      return Type.OTHER;
    }
    return switch (operation) {
      case "invoke_agent", "create_agent" -> Type.AGENT;
      case "execute_tool" -> Type.TOOL;
      case "handoff" -> Type.HANDOFF;
      default -> Type.MODEL_CALL;
    };
  }

  boolean failed() {
    return data.getStatus().getStatusCode() == StatusCode.ERROR;
  }

  @Nullable String text(String key) {
    Object value = attributes.get(key);
    return value == null ? null : value.toString();
  }

  /** An attribute, or one of a span's own fields under a short name. */
  @Nullable Object value(String key) {
    return switch (key) {
      case "span" -> id();
      case "name" -> data.getName();
      case "status" -> data.getStatus().getStatusCode().name();
      case "seconds" -> (data.getEndEpochNanos() - data.getStartEpochNanos()) / 1e9;
      case "finish" -> {
        JsonNode reasons = json("gen_ai.response.finish_reasons");
        yield reasons == null
            ? null
            : String.join(",", reasons.valueStream().map(JsonNode::asString).toList());
      }
      default -> attributes.get(key);
    };
  }

  /** The parts of all messages of an attribute, in their order. */
  Stream<JsonNode> parts(String key) {
    JsonNode messages = json(key);
    return messages == null
        ? Stream.of()
        : messages.valueStream().flatMap(message -> message.path("parts").valueStream());
  }

  /** An attribute's text as JSON; null where it is absent or no JSON. */
  @Nullable JsonNode json(String key) {
    String text = text(key);
    try {
      return text == null ? null : JSON.readTree(text);
    } catch (JacksonException e) {
      return null;
    }
  }

  /** The text of the content that Sentry draws; of a span that it does not draw, of all of it. */
  String drawn() {
    StringBuilder text = new StringBuilder(data.getStatus().getDescription());
    attributes.forEach((key, value) -> {
      if (CONTENT.contains(key) || type() == Type.OTHER) {
        text.append('\n').append(value);
      }
    });
    return text.toString();
  }

  /** Which rules this span breaks that hold for the spans of every message. */
  List<String> faults(boolean privacy) {
    List<String> faults = new ArrayList<>();
    arrays.forEach(key -> faults.add("shape: array in " + key));
    if (data.getName().length() > NAME_CHARACTERS) {
      faults.add("shape: name of " + data.getName().length() + " characters");
    }
    String op = text("sentry.op");
    if (type() != Type.OTHER && (op == null || !op.startsWith("gen_ai."))) {
      faults.add("shape: operation " + text(OPERATION) + " with sentry.op " + op);
    }
    if (type() != Type.MODEL_CALL) {
      attributes.keySet().stream()
          .filter(key -> SUMMED.matcher(key).matches())
          .forEach(key -> faults.add("sums: " + key + " on a span of type " + type()));
    }
    usageFaults(faults);
    for (String key : List.of("gen_ai.input.messages", "gen_ai.output.messages")) {
      messageFaults(key, faults);
    }
    if (attributes.containsKey("gen_ai.response.finish_reasons") && value("finish") == null) {
      faults.add("shape: gen_ai.response.finish_reasons is no JSON");
    }
    if (privacy) {
      CONTENT.stream()
          .filter(attributes::containsKey)
          .filter(key -> !key.equals("sentry.status.message"))
          .forEach(key -> faults.add("leak: " + key + " is there"));
    }
    return faults;
  }

  private void usageFaults(List<String> faults) {
    attributes.forEach((key, value) -> {
      if (SUMMED.matcher(key).matches()
          && !(key.startsWith("gen_ai.cost.") ? value instanceof Double : value instanceof Long)) {
        faults.add("shape: " + key + " is a " + value.getClass().getSimpleName());
      }
    });
    if (attributes.keySet().containsAll(Set.of(INPUT, OUTPUT, TOTAL))
        && number(INPUT) + number(OUTPUT) != number(TOTAL)) {
      faults.add("sums: input and output tokens are not the total");
    }
    if (attributes.containsKey(INPUT) && number(CACHED) + number(WRITTEN) > number(INPUT)) {
      faults.add("sums: more cached and written tokens than input");
    }
    if (attributes.containsKey(OUTPUT) && number(REASONING) > number(OUTPUT)) {
      faults.add("sums: more reasoning tokens than output");
    }
    double parts = number("gen_ai.cost.input_tokens") + number("gen_ai.cost.output_tokens");
    if (attributes.containsKey(COST) && parts > 0 && Math.abs(parts - number(COST)) > 1e-9) {
      faults.add("sums: the cost's parts are " + parts + ", its total is " + number(COST));
    }
  }

  private void messageFaults(String key, List<String> faults) {
    if (!attributes.containsKey(key)) {
      return;
    }
    JsonNode messages = json(key);
    if (messages == null || !messages.isArray()) {
      faults.add("shape: " + key + " is no JSON array");
    } else if (messages.valueStream().anyMatch(message -> !message.path("role").isString())) {
      faults.add("shape: " + key + " has a message without role");
    } else if (messages.valueStream().anyMatch(message -> message.path("parts").isEmpty())) {
      faults.add("shape: " + key + " has a message without parts");
    }
  }

  double number(String key) {
    return Objects.requireNonNullElse(attributes.get(key), 0) instanceof Number number
        ? number.doubleValue()
        : 0;
  }
}
