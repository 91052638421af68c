package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Merges the parts of a response that {@link StreamChunks} reads from a stream: texts are joined,
 * and elements of arrays are matched by their index.
 */
final class ChunkMerge {

  /** Texts that grow from chunk to chunk. Others are replaced. */
  private static final Set<String> GROWING =
      Set.of(
          """
          content text reasoning reasoning_content thinking arguments refusal input tool_plan
          response transcript data summary code\
          """
              .split("\\s+", -1));

  private ChunkMerge() {}

  /** The response that the parts make up, in their order. */
  static JsonObject merged(List<JsonObject> parts) {
    JsonValue whole = JsonObject.NONE;
    for (JsonObject part : parts) {
      whole = merged("", whole, part);
    }
    return JsonObject.of(whole);
  }

  /** A missing index is 0, as protocol buffers leave it out. */
  static Long index(JsonObject owner, String name) {
    return owner.get(name) instanceof JsonValue.Numeric number
        ? Objects.requireNonNullElse(Numbers.whole(number), Long.valueOf(0))
        : Long.valueOf(0);
  }

  private static JsonValue merged(String name, JsonValue before, JsonValue next) {
    if (next instanceof JsonValue.Null
        || (before.isBlank() && !(before instanceof JsonValue.Text))) {
      return next instanceof JsonValue.Null ? before : next;
    }
    if (before instanceof JsonObject one && next instanceof JsonObject other) {
      Map<String, JsonValue> fields = new LinkedHashMap<>(one.fields());
      other.fields().forEach((key, value) -> fields.merge(key, value, (a, b) -> merged(key, a, b)));
      return new JsonObject(fields);
    }
    if (next instanceof JsonValue.Numeric(String zero) && zero.equals("0")) {
      return before; // a count that the last chunks leave out
    }
    boolean growing = GROWING.contains(name);
    if (before instanceof JsonValue.Text(String one)
        && next instanceof JsonValue.Text(String other)) {
      return growing ? new JsonValue.Text(one + other) : other.isEmpty() ? before : next;
    }
    if (before.isArray() || (next.isArray() && growing)) {
      return elements(name, list(before), list(next));
    }
    return next;
  }

  private static List<JsonValue> list(JsonValue value) {
    return value.isArray()
        ? JsonValue.items(value)
        : value.isBlank() && !value.isText() ? List.of() : List.of(value);
  }

  private static JsonValue elements(String name, List<JsonValue> before, List<JsonValue> next) {
    List<JsonValue> all = new ArrayList<>(before);
    for (JsonValue element : next) {
      int place = place(name, all, element);
      if (place < 0) {
        all.add(element);
      } else {
        all.set(place, merged("text", all.get(place), element));
      }
    }
    return new JsonValue.Array(all);
  }

  /** Which element the next one continues: that of its index, or a last one of the same kind. */
  private static int place(String name, List<JsonValue> all, JsonValue next) {
    JsonObject item = JsonObject.of(next);
    boolean indexed = item.has("index") || name.equals("choices") || name.equals("candidates");
    for (int i = 0; indexed && i < all.size(); i++) {
      if (index(JsonObject.of(all.get(i)), "index").equals(index(item, "index"))) {
        return i;
      }
    }
    int last = all.size() - 1;
    if (indexed || last < 0) {
      return -1;
    }
    JsonObject end = JsonObject.of(all.getLast());
    boolean bothText = all.getLast().isText() && next.isText();
    boolean sameKind =
        end.first("text", "thinking") != null
            && item.first("text", "thinking") != null
            && Objects.equals(end.get("type"), item.get("type"))
            && Objects.equals(end.get("thought"), item.get("thought"));
    return bothText || sameKind ? last : -1;
  }
}
