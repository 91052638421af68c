package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonReader;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.Numbers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the chunks of a stream together into the response that the API gives without streaming. The
 * chunks are an array, or the text of server-sent events or of JSON lines. An event of Anthropic,
 * Bedrock, Cohere or OpenAI's Responses becomes the part of the response that it adds; all parts
 * are then merged.
 */
final class StreamChunks {

  /** Texts that grow from chunk to chunk. Others are replaced. */
  private static final Set<String> GROWING =
      Set.of(
          "content",
          "text",
          "reasoning",
          "reasoning_content",
          "thinking",
          "arguments",
          "refusal",
          "input",
          "tool_plan",
          "response",
          "transcript",
          "data",
          "summary",
          "code");

  private StreamChunks() {}

  /** The whole response; null where the value holds no chunks. */
  static @Nullable JsonObject assembled(@Nullable JsonValue value) {
    List<JsonObject> chunks = chunks(value);
    if (chunks.isEmpty() || !chunks.stream().allMatch(StreamChunks::isChunk)) {
      return null;
    }
    Set<Long> done = new HashSet<>();
    List<JsonValue> outputs = new ArrayList<>();
    for (JsonObject chunk : chunks) {
      switch (Objects.requireNonNullElse(chunk.text("type"), "")) {
        case "response.completed", "response.incomplete", "response.failed" -> {
          return chunk.object("response");
        }
        // Of a realtime session: several responses.
        case "response.done" ->
            outputs.addAll(JsonValue.items(chunk.object("response").get("output")));
        case "response.output_item.done" -> done.add(index(chunk, "output_index"));
        default -> {}
      }
    }
    JsonValue whole = JsonObject.NONE;
    for (JsonObject chunk : chunks) {
      whole = merged("", whole, part(chunk, done));
    }
    JsonObject response = JsonObject.of(whole);
    return outputs.isEmpty() ? response : response.with("output", new JsonValue.Array(outputs));
  }

  private static List<JsonObject> chunks(@Nullable JsonValue value) {
    Stream<JsonValue> all =
        value instanceof JsonValue.Text(String text)
            ? lines(text)
            : JsonValue.items(value).stream();
    List<JsonValue> items = all.toList();
    List<JsonObject> chunks = items.stream().map(StreamChunks::chunk).toList();
    return chunks.stream().anyMatch(JsonObject::isEmpty) ? List.of() : chunks;
  }

  /** An object, or the text of one. */
  private static JsonObject chunk(JsonValue item) {
    return item instanceof JsonValue.Text(String json)
        ? JsonObject.of(lines(json).findFirst().orElse(null))
        : JsonObject.of(item);
  }

  /** The {@code data:} of server-sent events, or JSON lines; none where it is a text. */
  private static Stream<JsonValue> lines(String text) {
    String start = text.stripLeading();
    return start.startsWith("data:") || start.startsWith("event:") || start.startsWith("{")
        ? text.lines()
            .map(line -> line.replaceFirst("^data:", "").strip())
            .filter(line -> line.startsWith("{"))
            .map(JsonReader::readOrNull)
            .map(line -> Objects.requireNonNullElse(line, JsonValue.Null.NULL))
        : Stream.of();
  }

  private static boolean isChunk(JsonObject item) {
    String type = item.text("type");
    boolean isEvent =
        type != null
            && (type.contains(".")
                || type.matches(
                    "(message|content|content_block)[_-](start|delta|stop|end)"
                        + "|tool-plan-delta|(tool-call|citation)-(start|delta|end)|ping|error"));
    boolean isDelta =
        item.get("choices") instanceof JsonValue.Array(var choices)
            && choices.stream()
                .allMatch(choice -> JsonObject.of(choice).first("delta", "text") != null);
    return isEvent
        || isDelta
        || "chat.completion.chunk".equals(item.text("object"))
        || item.first("candidates", "usageMetadata", "usage_metadata", "done") != null
        || BEDROCK.stream().anyMatch(item::has)
        || item.get("error") instanceof JsonObject;
  }

  private static final List<String> BEDROCK =
      List.of(
          "messageStart",
          "contentBlockStart",
          "contentBlockDelta",
          "contentBlockStop",
          "messageStop",
          "metadata");

  private static JsonObject part(JsonObject chunk, Set<Long> done) {
    String type = chunk.text("type");
    JsonObject delta = chunk.object("delta");
    return switch (type == null ? "" : type) {
      case "" -> bedrock(chunk);
      case "message_start" -> chunk.object("message");
      case "content_block_start" ->
          at("content", index(chunk, "index"), chunk.object("content_block"));
      case "content_block_delta" -> at("content", index(chunk, "index"), block(delta));
      case "message_delta" -> delta.with("usage", chunk.get("usage"));
      case "error" ->
          JsonObject.NONE.with("error", chunk.has("error") ? chunk.get("error") : chunk);
      case "response.created", "response.in_progress" ->
          chunk.object("response").without("output", "usage");
      case "response.output_item.done" -> item(chunk, chunk.object("item"));
      case String event when event.startsWith("response.") ->
          done.contains(index(chunk, "output_index")) ? JsonObject.NONE : item(chunk, event);
      case String event when event.startsWith("message-") || delta.has("message") ->
          cohere(chunk, delta);
      default -> JsonObject.NONE;
    };
  }

  /** Anthropic's delta of a content block. */
  private static JsonObject block(JsonObject delta) {
    JsonValue citation = delta.get("citation");
    JsonObject rest = delta.without("type", "partial_json", "citation", "signature");
    return rest.with("input", delta.get("partial_json"))
        .with("citations", citation == null ? null : array(citation));
  }

  /** What an event adds to an item of a Responses output. */
  private static JsonObject item(JsonObject chunk, String event) {
    JsonValue delta = chunk.get("delta");
    Long index = index(chunk, event.contains("summary") ? "summary_index" : "content_index");
    return switch (event) {
      case "response.output_item.added" -> item(chunk, chunk.object("item"));
      case "response.output_text.delta", "response.refusal.delta" -> {
        String kind = event.contains("refusal") ? "refusal" : "output_text";
        String field = event.contains("refusal") ? "refusal" : "text";
        JsonObject words = typed(kind).with(field, delta);
        yield item(chunk, typed("message").over(at("content", index, words)));
      }
      case "response.reasoning_summary_text.delta" ->
          item(chunk, at("summary", index, typed("summary_text").with("text", delta)));
      case "response.reasoning_text.delta" ->
          item(chunk, at("content", index, typed("reasoning_text").with("text", delta)));
      case "response.function_call_arguments.delta", "response.mcp_call_arguments.delta" ->
          item(chunk, JsonObject.NONE.with("arguments", delta));
      case "response.custom_tool_call_input.delta" ->
          item(chunk, JsonObject.NONE.with("input", delta));
      case "response.code_interpreter_call_code.delta" ->
          item(chunk, JsonObject.NONE.with("code", delta));
      default -> JsonObject.NONE;
    };
  }

  private static JsonObject item(JsonObject chunk, JsonObject item) {
    return at("output", index(chunk, "output_index"), item);
  }

  private static JsonObject bedrock(JsonObject chunk) {
    JsonObject start = chunk.object("contentBlockStart");
    JsonObject delta = chunk.object("contentBlockDelta");
    JsonObject block = start.isEmpty() ? delta : start;
    if (!block.isEmpty()) {
      JsonObject content =
          at(
              "content",
              index(block, "contentBlockIndex"),
              JsonObject.of(block.first("start", "delta")));
      return JsonObject.NONE.with("output", JsonObject.NONE.with("message", content));
    }
    if (chunk.has("messageStop") || chunk.has("messageStart")) {
      return chunk.object("messageStop");
    }
    return chunk.has("contentBlockStop")
        ? JsonObject.NONE
        : chunk.without("metadata").over(chunk.object("metadata"));
  }

  private static JsonObject cohere(JsonObject chunk, JsonObject delta) {
    JsonObject message = delta.object("message");
    for (String list : List.of("content", "tool_calls", "citations")) {
      if (message.get(list) instanceof JsonObject one) {
        message = at(list, index(chunk, "index"), one).over(message);
      }
    }
    JsonObject part = delta.without("message").with("id", chunk.get("id"));
    return message.isEmpty() ? part : part.with("message", message);
  }

  private static JsonObject typed(String type) {
    return JsonObject.NONE.with("type", new JsonValue.Text(type));
  }

  private static JsonObject at(String list, Long index, JsonObject element) {
    JsonValue number = new JsonValue.Numeric(index.toString());
    return JsonObject.NONE.with(list, array(element.with("index", number)));
  }

  private static JsonValue array(JsonValue element) {
    return new JsonValue.Array(List.of(element));
  }

  /** A missing index is 0, as protocol buffers leave it out. */
  private static Long index(JsonObject owner, String name) {
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
