package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonTexts;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages as LangChain serialises them, in the shape of chat messages. */
final class LangChainMessages {

  private static final Map<String, String> ROLES =
      Map.of("human", "user", "ai", "assistant", "system", "system", "tool", "tool");

  private static final Set<String> TUPLE_ROLES =
      Set.of("user", "human", "assistant", "ai", "system", "developer", "tool");

  private LangChainMessages() {}

  /** Messages of LangChain in it are chat messages; all else is as it was. */
  static JsonValue of(JsonValue value) {
    if (value instanceof JsonValue.Array(var items)) {
      return isTuple(items)
          ? ofTuple(items)
          : Json.array(items.stream().map(LangChainMessages::of).toList());
    }
    if (!(value instanceof JsonObject object)) {
      return value;
    }
    if (object.get("generations") instanceof JsonValue.Array(var generations)) {
      return Json.array(generations.stream().map(LangChainMessages::of).toList());
    }
    String type = object.text("type");
    if (object.has("generation_info") || (type != null && type.endsWith("Generation"))) {
      return ofGeneration(object);
    }
    JsonValue output = object.first("output", "outputs");
    if (object.fields().size() == 1 && output != null) {
      return of(output);
    }
    JsonValue messages = object.get("messages");
    if (messages != null) {
      return object.with("messages", of(Json.inText(messages)));
    }
    List<JsonValue> path = JsonValue.items(object.get("id"));
    String constructor = path.isEmpty() ? null : JsonValue.text(path.getLast());
    return constructor != null && object.has("kwargs")
        ? message(object.object("kwargs"), constructor, object)
        : message(object.has("data") ? object.object("data") : object, type, object);
  }

  private static JsonValue ofGeneration(JsonObject generation) {
    JsonValue message = generation.get("message");
    JsonValue said = message == null ? generation : of(message);
    return said instanceof JsonObject object && object.has("role")
        ? object.with("finish_reason", generation.object("generation_info").get("finish_reason"))
        : JsonObject.NONE.with("role", "assistant").with("content", generation.get("text"));
  }

  /** By a role's name or that of a class, as in {@code AIMessageChunk}. */
  private static JsonValue message(JsonObject fields, @Nullable String type, JsonObject otherwise) {
    String name = type == null ? "" : type.replaceFirst("Message(Chunk)?$", "");
    String role = ROLES.get(name.toLowerCase(Locale.ROOT));
    if (role == null || fields.has("role") || !fields.has("content")) {
      return otherwise;
    }
    return JsonObject.NONE
        .with("role", role)
        .with("content", fields.get("content"))
        .with("name", fields.get("name"))
        .with("tool_call_id", fields.get("tool_call_id"))
        .with("tool_calls", fields.get("tool_calls"));
  }

  private static boolean isTuple(List<JsonValue> items) {
    return items.size() == 2
        && items.stream().allMatch(JsonValue::isText)
        && TUPLE_ROLES.contains(JsonTexts.words(items.getFirst()));
  }

  private static JsonValue ofTuple(List<JsonValue> items) {
    String role = JsonTexts.words(items.getFirst());
    return JsonObject.NONE
        .with("role", ROLES.getOrDefault(role, role))
        .with("content", items.getLast());
  }
}
