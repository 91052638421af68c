package dev.sentrybroadcast.producers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts a token of its own into each place of one kind of a message, and finds them again. */
final class OtlpCanaries {

  /** The first eight are the types that the value of an attribute can have. */
  enum Places {
    TEXT,
    JSON_TEXT,
    INTEGER,
    DECIMAL,
    FLAG,
    LIST,
    MAP,
    BYTES,
    ENUMERATION,
    SPAN_NAME,
    SPAN_NAME_LIKE_A_CONVENTION,
    ATTRIBUTE_NAME,
    EVENT_LINK_AND_STATUS,
    SCOPE_AND_RESOURCE,
    UNKNOWN_FIELD
  }

  /** Names, ids and kinds: they may leave as text, and they say what a span is. */
  private static final Pattern MAY_BE_TEXT =
      Pattern.compile(
          "(.*[._])?(model|model[._](name|id)|ls_model_name|provider|provider\\.name|ls_provider"
              + "|system|agent|agent[._](name|role)|lc_agent_name|tool[._]name|toolCall\\.name"
              + "|definition\\.name|entity\\.name|workflow\\.name|trace\\.name|node\\.name"
              + "|functionId|session_name|id|\\w+_id|\\w+Id|environment|environment\\.name"
              + "|release|service\\.(name|version)|service_name|type|kind|operation\\.name"
              + "|operationId|method\\.name|level|agent\\.operation|server\\.address"
              + "|request\\.method|mime_type|role)|(trace|span)\\.metadata\\..+");

  /** Words of a fixed set, and seeds: a sentence in their place is withheld. */
  private static final Pattern ENUMERATION =
      Pattern.compile(
          "(.*[._])?(finish_reasons?|finishReason|stop_reason|service_tier|reasoning\\.level"
              + "|output\\.type|tool\\.type|call_type|request\\.type|guardrail_status"
              + "|observation\\.level|error\\.type|exception\\.type|seed)");

  private static final List<String> ENUMERATIONS =
      List.of(
          SentSpan.FINISH,
          "gen_ai.request.reasoning.level",
          "openai.request.service_tier",
          "openai.response.service_tier",
          "gen_ai.output.type",
          "gen_ai.tool.type",
          "gen_ai.request.seed",
          "gen_ai.openai.request.seed",
          "error.type");

  /** May be numbers, and of true and false the flags that are known. */
  private static final Pattern MEASUREMENT =
      Pattern.compile(
          "(?i).*(token|cost|usage|temperature|top_[pk]|penalt|seed|max_|status_code|server\\.port"
              + "|time_to_first|ttft|msToFirst|PerSecond|per_second|duration|result\\.size"
              + "|context\\.(window_size|utilization)|stream|cancel|cache_hit).*");

  private static final long NUMBER = 7_310_000_000L;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final List<String> tokens = new ArrayList<>();
  private final Set<String> flags = new HashSet<>();
  private final Places places;

  OtlpCanaries(Places places) {
    this.places = places;
  }

  int count() {
    return tokens.size() + flags.size();
  }

  String into(String message) {
    JsonNode body = JSON.readTree(message);
    if (places == Places.UNKNOWN_FIELD) {
      unknownFields(body, "$");
    }
    for (JsonNode resourceSpans : body.path("resourceSpans")) {
      if (places == Places.SCOPE_AND_RESOURCE) {
        JsonNode resource = ((ObjectNode) resourceSpans).withObject("resource");
        replace(resource, Places.TEXT, "resource");
        add(resource, "x.resource", Places.TEXT);
        ((ObjectNode) resourceSpans).put("schemaUrl", canary("schemaUrl"));
        resourceSpans
            .path("scopeSpans")
            .forEach(scopeSpans -> {
              ObjectNode scope = ((ObjectNode) scopeSpans).withObject("scope");
              add(scope.put("version", canary("scope version")), "x.scope", Places.TEXT);
            });
      }
      resourceSpans
          .path("scopeSpans")
          .forEach(scopeSpans -> scopeSpans.path("spans").forEach(span -> into((ObjectNode) span)));
    }
    return body.toString();
  }

  private void into(ObjectNode span) {
    switch (places) {
      case SPAN_NAME -> span.put("name", canary("span name"));
      case SPAN_NAME_LIKE_A_CONVENTION -> {
        String[] words = span.path("name").asString().split(" ");
        span.put("name", (words.length > 1 ? words[0] : "chat") + " " + canary("span name"));
      }
      case ATTRIBUTE_NAME -> {
        for (Places type : List.of(Places.values()).subList(0, Places.ENUMERATION.ordinal())) {
          add(span, "x." + token("unknown name, " + type), type);
          add(span, "gen_ai.x." + token("unknown gen_ai name, " + type), type);
        }
      }
      case EVENT_LINK_AND_STATUS -> {
        span.path("events")
            .forEach(
                event -> replace(event, Places.TEXT, "event " + event.path("name").asString()));
        for (String name : List.of(canary("event name"), "gen_ai.choice", "exception")) {
          ObjectNode event = span.withArray("events").addObject().put("name", name);
          List.of("content", "exception.message", "exception.type")
              .forEach(attribute -> add(event, attribute, Places.TEXT));
        }
        ObjectNode link = span.withArray("links").addObject();
        link.set("traceId", span.path("traceId"));
        add(link.set("spanId", span.path("spanId")), "x.link", Places.TEXT);
        span.put("traceState", "vendor=" + token("trace state"));
        span.putObject("status").put("code", 2).put("message", canary("status"));
      }
      case ENUMERATION -> {
        replace(span, Places.TEXT, "span");
        ENUMERATIONS.forEach(name -> add(span, name, Places.TEXT));
      }
      case SCOPE_AND_RESOURCE, UNKNOWN_FIELD -> {}
      default -> replace(span, places, "span");
    }
  }

  /** Replaces the values of all attributes that may not leave with such a value. */
  private void replace(JsonNode owner, Places type, String place) {
    for (JsonNode attribute : owner.path("attributes")) {
      String name = attribute.path("key").asString();
      boolean enumeration = ENUMERATION.matcher(name).matches();
      boolean number = type == Places.INTEGER || type == Places.DECIMAL || type == Places.FLAG;
      if (places == Places.ENUMERATION
          ? enumeration
          : !enumeration
              && !MAY_BE_TEXT.matcher(name).matches()
              && !(number && MEASUREMENT.matcher(name).matches())) {
        ((ObjectNode) attribute).set("value", value(type, place + " attribute " + name));
        if (type == Places.FLAG) {
          flags.add(name);
        }
      }
    }
  }

  private void add(JsonNode owner, String name, Places type) {
    ArrayNode attributes = ((ObjectNode) owner).withArray("attributes");
    attributes.removeIf(attribute -> attribute.path("key").asString().equals(name));
    String place = name.contains("CaNaRy") ? "unknown attribute, " + type : "attribute " + name;
    attributes.addObject().put("key", name).set("value", value(type, place));
  }

  private ObjectNode value(Places type, String place) {
    ObjectNode value = JSON.createObjectNode();
    return switch (type) {
      case INTEGER -> value.put("intValue", Long.toString(number(place)));
      case DECIMAL -> value.put("doubleValue", number(place) / 1e10);
      case FLAG -> value.put("boolValue", true);
      case BYTES -> value.put("bytesValue", base64(canary(place)));
      case JSON_TEXT ->
          value.put("stringValue", "{\"%s\":[%d]}".formatted(canary(place), number(place)));
      case LIST, MAP -> {
        ArrayNode values =
            value.putObject(type == Places.LIST ? "arrayValue" : "kvlistValue").putArray("values");
        for (Places inner : List.of(Places.TEXT, Places.INTEGER, Places.DECIMAL)) {
          ObjectNode item = value(inner, place);
          values.add(
              type == Places.LIST
                  ? item
                  : JSON.createObjectNode().put("key", canary(place)).set("value", item));
        }
        yield value;
      }
      default -> value.put("stringValue", canary(place));
    };
  }

  private void unknownFields(JsonNode node, String path) {
    if (node instanceof ObjectNode object) {
      object.forEachEntry((name, value) -> unknownFields(value, path + "." + name));
      object.put(canary(path), canary(path)).put("x_unknown_number", number(path));
    } else {
      node.forEach(item -> unknownFields(item, path));
    }
  }

  /** Not a word: no enumeration may take it. */
  private String canary(String place) {
    return "said " + token(place) + " twice";
  }

  private String token(String place) {
    tokens.add(place);
    return "CaNaRy" + (tokens.size() - 1) + "z";
  }

  private long number(String place) {
    tokens.add(place);
    return NUMBER + tokens.size() - 1;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  /** The places whose token is in what was sent. */
  Set<String> found(Sent sent) {
    Set<String> found = new TreeSet<>();
    StringBuilder values = new StringBuilder(sent.text()).append('\n');
    for (SentSpan span : sent.spans()) {
      span.attributes()
          .forEach((key, value) -> {
            values.append(value).append('\n');
            if (value instanceof Boolean && flags.contains(key)) {
              found.add("span attribute " + key);
            }
          });
    }
    String text = values.toString();
    for (int i = 0; i < tokens.size(); i++) {
      String token = "CaNaRy" + i + "z";
      if (text.contains(token)
          || text.contains(Long.toString(NUMBER + i))
          || text.contains(base64("said " + token + " twice"))) {
        found.add(tokens.get(i).replaceAll("\\.\\d+", ".N"));
      }
    }
    return found;
  }
}
