package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.Comparator;
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

  /** All attributes with a prefix as one value. */
  private @Nullable JsonValue together(String prefix) {
    Map<String, JsonValue> rest = new LinkedHashMap<>();
    values.forEach((name, value) -> {
      if (isElement(name, prefix)) {
        rest.put(name.substring(prefix.length()), value);
      }
    });
    return rest.isEmpty() ? null : tree(rest);
  }

  /** Numbers in the names are indexes of arrays. A value in the place of others is left out. */
  private static JsonValue tree(Map<String, JsonValue> values) {
    Map<String, Map<String, JsonValue>> inner = new LinkedHashMap<>();
    values.forEach((name, value) -> {
      String[] steps = name.split("\\.", 2);
      inner
          .computeIfAbsent(steps[0], _ -> new LinkedHashMap<>())
          .putIfAbsent(steps.length == 1 ? "" : steps[1], value);
    });
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    inner.forEach((step, rest) -> {
      JsonValue own = rest.remove("");
      fields.put(step, own != null && rest.isEmpty() ? own : tree(rest));
    });
    return fields.keySet().stream().allMatch(OtlpAttributes::isIndex)
        ? new JsonValue.Array(
            fields.keySet().stream()
                .sorted(Comparator.comparing(Integer::valueOf))
                .map(fields::get)
                .toList())
        : new JsonObject(fields);
  }

  /** Whether a name is the prefix, an index, and maybe more. */
  static boolean isElement(String name, String prefix) {
    return name.startsWith(prefix) && isIndex(name.substring(prefix.length()).split("\\.", 2)[0]);
  }

  private static boolean isIndex(String step) {
    return !step.isEmpty()
        && step.length() <= INDEX_DIGITS
        && step.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
