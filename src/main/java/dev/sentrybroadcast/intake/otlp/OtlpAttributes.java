package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Attributes of OTLP/JSON as JSON values, in order; of duplicate keys the last one counts. */
final class OtlpAttributes {

  private static final Pattern KEY = Pattern.compile("[!-~]+");
  private static final int INDEX_DIGITS = 4;

  private final ObjectView owner;
  private final Map<String, JsonValue> values = new LinkedHashMap<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private final Map<String, JsonValue> ofEvents = new HashMap<>();
  private final Map<String, JsonValue> parsed = new HashMap<>();

  private OtlpAttributes(ObjectView owner) {
    this.owner = owner;
  }

  /**
   * @throws UnreadableExportException if there are more than {@link Limits#ATTRIBUTES}
   */
  static OtlpAttributes read(ObjectView owner) {
    OtlpAttributes attributes = new OtlpAttributes(owner);
    if (JsonValue.items(owner.get("attributes")).size() > Limits.ATTRIBUTES) {
      throw new UnreadableExportException(
          owner.path("attributes"), "at most " + Limits.ATTRIBUTES + " attributes");
    }
    int position = 0;
    for (ObjectView attribute : owner.objects("attributes", Limits.ATTRIBUTES)) {
      String key = attribute.json().text("key");
      JsonValue value = OtlpValue.of(attribute.get("value"), attribute.path("value"));
      if (key == null || key.length() > Limits.METADATA_KEY_CHARS || !KEY.matcher(key).matches()) {
        attribute.drop("key"); // a sentence, not a name
      } else if (value != null) {
        attributes.values.put(key, value);
        attributes.positions.put(key, position);
      }
      position++;
    }
    return attributes;
  }

  /** The attributes that the producer wrote, without those of events. */
  Map<String, JsonValue> values() {
    return values;
  }

  /** Adds a value of an event, for names that the span has no attribute of. */
  void addOfEvent(String name, JsonValue value) {
    ofEvents.putIfAbsent(name, value);
  }

  /** Counts an attribute of a wrong type as dropped. */
  void drop(String name) {
    Integer position = positions.get(name);
    if (position != null) {
      owner.drop("attributes[" + position + "].value");
    }
  }

  /** The value of a name as in {@link Names}; null where there is none. */
  @Nullable JsonValue get(String name) {
    JsonValue plain = values.get(name);
    if (plain != null) {
      return plain;
    }
    int slash = name.indexOf('/');
    if (slash >= 0) {
      JsonValue base = get(name.substring(0, slash));
      String path = name.substring(slash + 1);
      return base == null
          ? null
          : at(parsed.computeIfAbsent(name.substring(0, slash), _ -> Json.inText(base)), path);
    }
    if (name.endsWith("}")) {
      JsonObject object = JsonObject.NONE;
      for (String attribute : Names.inBraces(name)) {
        object = object.with(attribute.substring(name.indexOf('{')), values.get(attribute));
      }
      return object.fields().values().stream().allMatch(JsonValue::isBlank) ? null : object;
    }
    return name.endsWith(".*")
        ? together(name.substring(0, name.length() - 1))
        : ofEvents.get(name);
  }

  /** Text that is not content, at most 1,024 characters. */
  @Nullable String text(String name) {
    String text = Json.text(get(name));
    return text == null ? null : Limits.cut(text, Limits.NAME_CHARS);
  }

  private static @Nullable JsonValue at(JsonValue value, String path) {
    if (path.isEmpty()) {
      return value instanceof JsonValue.Null ? null : value;
    }
    int slash = path.indexOf('/');
    String step = slash < 0 ? path : path.substring(0, slash);
    String rest = slash < 0 ? "" : path.substring(slash + 1);
    List<JsonValue> items = JsonValue.items(value);
    if (step.equals("*")) {
      List<JsonValue> found =
          items.stream()
              .<JsonValue>mapMulti((item, to) -> {
                JsonValue inner = at(Json.inText(item), rest);
                if (inner != null) {
                  to.accept(inner);
                }
              })
              .toList();
      return found.isEmpty() ? null : new JsonValue.Array(found);
    }
    JsonValue inner =
        isIndex(step)
            ? Integer.parseInt(step) < items.size() ? items.get(Integer.parseInt(step)) : null
            : JsonObject.of(value).get(step);
    return inner == null ? null : at(rest.isEmpty() ? inner : Json.inText(inner), rest);
  }

  /** All attributes with a prefix as one value; numbers in their names are indexes of arrays. */
  private @Nullable JsonValue together(String prefix) {
    Map<String, Object> tree = new LinkedHashMap<>();
    values.forEach((name, value) -> {
      if (name.startsWith(prefix)) {
        put(
            tree,
            List.of(name.substring(prefix.length()).split("\\.", Limits.METADATA_KEY_CHARS)),
            value);
      }
    });
    return tree.isEmpty() ? null : value(tree);
  }

  @SuppressWarnings("unchecked") // the maps in it are made here
  private static void put(Map<String, Object> tree, List<String> path, JsonValue value) {
    Map<String, Object> at = tree;
    for (String step : path.subList(0, path.size() - 1)) {
      Object inner = at.compute(step, (_, old) -> old instanceof Map ? old : new LinkedHashMap<>());
      at = (Map<String, Object>) inner;
    }
    at.putIfAbsent(path.getLast(), value);
  }

  private static JsonValue value(Object node) {
    if (node instanceof JsonValue value) {
      return value;
    }
    Map<?, ?> fields = (Map<?, ?>) node;
    if (fields.keySet().stream().allMatch(key -> isIndex((String) key))) {
      return new JsonValue.Array(
          fields.entrySet().stream()
              .sorted((a, b) -> Integer.compare(index(a), index(b)))
              .map(entry -> value(entry.getValue()))
              .toList());
    }
    Map<String, JsonValue> object = new LinkedHashMap<>();
    fields.forEach((key, inner) -> object.put((String) key, value(inner)));
    return new JsonObject(object);
  }

  private static int index(Map.Entry<?, ?> entry) {
    return Integer.parseInt((String) entry.getKey());
  }

  private static boolean isIndex(String step) {
    return !step.isEmpty()
        && step.length() <= INDEX_DIGITS
        && step.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
