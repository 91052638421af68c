package dev.sentrybroadcast.producers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
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

  /**
   * The first eight are the types that the values of all attributes get: those of resources,
   * scopes, spans, events and links. NAME: of spans and events, with all other free text. UNKNOWN:
   * names of fields and of attributes with a value of each type.
   */
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
    NAME,
    NAME_LIKE_A_CONVENTION,
    UNKNOWN
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

  /** May be numbers, the last three true or false. */
  private static final Pattern MEASUREMENT =
      Pattern.compile(
          "(?i).*(token|cost|usage|temperature|top_[pk]|penalt|seed|max_|status_code|server\\.port"
              + "|time_to_first|ttft|msToFirst|PerSecond|per_second|duration|result\\.size"
              + "|context\\.(window_size|utilization)|stream|cancel|cache_hit).*");

  private static final Set<Places> TYPES = EnumSet.range(Places.TEXT, Places.BYTES);
  private static final Set<Places> NUMBERS = EnumSet.range(Places.INTEGER, Places.FLAG);
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
    into(body, "record");
    return body.toString();
  }

  /** {@code field}: the name of the field that the node stands in. */
  private void into(JsonNode node, String field) {
    if (!(node instanceof ObjectNode object)) {
      node.forEach(item -> into(item, field));
      return;
    }
    object.forEachEntry((name, value) -> {
      if (name.equals("attributes") && value.isArray()) {
        value.forEach(attribute -> replace((ObjectNode) attribute, field));
      } else {
        into(value, name);
      }
    });
    switch (places) {
      case ENUMERATION -> {
        if (field.equals("spans")) {
          ENUMERATIONS.forEach(name -> add(object, name, Places.TEXT));
        }
      }
      case NAME, NAME_LIKE_A_CONVENTION -> {
        String[] words = object.path("name").asString("").split(" ", 2);
        switch (field) {
          case "spans" -> {
            String word = words.length == 2 ? words[0] : "chat";
            String name = canary("span name");
            object.put("name", places == Places.NAME ? name : word + " " + name);
            object.put("traceState", "vendor=" + token("trace state"));
            object.putObject("status").put("code", 2).put("message", canary("status"));
          }
          case "events" -> object.put("name", canary("event name"));
          case "scope" -> object.put("version", canary("scope version"));
          default -> {}
        }
      }
      case UNKNOWN -> {
        if (field.equals("spans")) {
          into(object.withArray("events").addObject().put("name", "gen_ai.choice"), "events");
          into(object.withArray("links").addObject().put("spanId", "00"), "links");
        }
        if (Set.of("resource", "scope", "spans", "events", "links").contains(field)) {
          for (Places type : TYPES) {
            add(object, "x." + token(field + ": attribute name, " + type), type);
            add(object, "gen_ai.x." + token(field + ": gen_ai attribute name, " + type), type);
          }
        }
        object.put(token("name of a field of " + field), canary("unknown field of " + field));
        object.put("x_unknown_number", number("unknown field of " + field));
      }
      default -> {}
    }
  }

  /** Replaces the value unless it may leave with such a value. */
  private void replace(ObjectNode attribute, String owner) {
    String name = attribute.path("key").asString();
    boolean enumeration = ENUMERATION.matcher(name).matches();
    boolean measurement = NUMBERS.contains(places) && MEASUREMENT.matcher(name).matches();
    boolean content = !enumeration && !measurement && !MAY_BE_TEXT.matcher(name).matches();
    if (places == Places.ENUMERATION ? enumeration : TYPES.contains(places) && content) {
      Places type = TYPES.contains(places) ? places : Places.TEXT;
      attribute.set("value", value(type, owner + ": attribute " + name));
      if (type == Places.FLAG) {
        flags.add(name);
      }
    }
  }

  private void add(ObjectNode owner, String name, Places type) {
    ArrayNode attributes = owner.withArray("attributes");
    attributes.removeIf(attribute -> attribute.path("key").asString().equals(name));
    String place = name.contains("CaNaRy") ? "unknown attribute, " + type : "attribute " + name;
    attributes.addObject().put("key", name).set("value", value(type, place));
  }

  private ObjectNode value(Places type, String place) {
    ObjectNode value = JSON.createObjectNode();
    return switch (type) {
      case INTEGER -> value.put("intValue", Long.toString(number(place)));
      case DECIMAL -> value.put("doubleValue", (number(place) * 10 + 1) / 1e11);
      case FLAG -> value.put("boolValue", true);
      case BYTES -> value.put("bytesValue", base64(canary(place)));
      case JSON_TEXT ->
          value.put("stringValue", "{\"%s\":[%d]}".formatted(canary(place), number(place)));
      case LIST, MAP -> {
        boolean list = type == Places.LIST;
        ArrayNode values =
            value.withObject(list ? "arrayValue" : "kvlistValue").withArray("values");
        for (Places inner : List.of(Places.TEXT, Places.INTEGER, Places.DECIMAL)) {
          ObjectNode item = value(inner, place);
          values.add(list ? item : item.objectNode().put("key", canary(place)).set("value", item));
        }
        yield value;
      }
      default -> value.put("stringValue", canary(place));
    };
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
    StringBuilder values = new StringBuilder(sent.text());
    for (SentSpan span : sent.spans()) {
      span.attributes()
          .forEach((key, value) -> {
            values.append('\n').append(value);
            if (value instanceof Boolean && flags.contains(key)) {
              found.add("spans: attribute " + key);
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
