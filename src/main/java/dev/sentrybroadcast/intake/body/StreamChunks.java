package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonReader;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the chunks of a stream together into the response that the API gives without streaming. The
 * chunks are an array, or the text of server-sent events or of JSON lines. An event of Anthropic,
 * Bedrock, Cohere or OpenAI's Responses becomes the part of the response that it adds; {@link
 * ChunkMerge} puts the parts together.
 */
final class StreamChunks {

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
        case "response.output_item.done" -> done.add(ChunkMerge.index(chunk, "output_index"));
        default -> {}
      }
    }
    JsonObject response =
        ChunkMerge.merged(chunks.stream().map(chunk -> part(chunk, done)).toList());
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
        || item.fields().keySet().stream().allMatch(StreamChunks::isException)
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
          at("content", ChunkMerge.index(chunk, "index"), chunk.object("content_block"));
      case "content_block_delta" -> at("content", ChunkMerge.index(chunk, "index"), block(delta));
      case "message_delta" -> delta.with("usage", chunk.get("usage"));
      case "error" ->
          JsonObject.NONE.with("error", chunk.has("error") ? chunk.get("error") : chunk);
      case "response.created", "response.in_progress" ->
          chunk.object("response").without("output", "usage");
      case "response.output_item.done" -> item(chunk, chunk.object("item"));
      case String event when event.startsWith("response.") ->
          done.contains(ChunkMerge.index(chunk, "output_index"))
              ? JsonObject.NONE
              : item(chunk, event);
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
    Long index =
        ChunkMerge.index(chunk, event.contains("summary") ? "summary_index" : "content_index");
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
    return at("output", ChunkMerge.index(chunk, "output_index"), item);
  }

  private static JsonObject bedrock(JsonObject chunk) {
    JsonObject start = chunk.object("contentBlockStart");
    JsonObject delta = chunk.object("contentBlockDelta");
    JsonObject block = start.isEmpty() ? delta : start;
    if (!block.isEmpty()) {
      JsonObject content =
          at(
              "content",
              ChunkMerge.index(block, "contentBlockIndex"),
              JsonObject.of(block.first("start", "delta")));
      return JsonObject.NONE.with("output", JsonObject.NONE.with("message", content));
    }
    if (chunk.has("messageStop") || chunk.has("messageStart")) {
      return chunk.object("messageStop");
    }
    if (chunk.has("contentBlockStop")) {
      return JsonObject.NONE;
    }
    String exception =
        chunk.fields().keySet().stream().filter(StreamChunks::isException).findFirst().orElse(null);
    return exception == null
        ? chunk.without("metadata").over(chunk.object("metadata"))
        : JsonObject.NONE.with(
            "error", chunk.object(exception).with("type", new JsonValue.Text(exception)));
  }

  /** With which Bedrock ends a stream, as {@code throttlingException}. */
  private static boolean isException(String event) {
    return event.endsWith("Exception");
  }

  private static JsonObject cohere(JsonObject chunk, JsonObject delta) {
    JsonObject message = delta.object("message");
    for (String list : List.of("content", "tool_calls", "citations")) {
      if (message.get(list) instanceof JsonObject one) {
        message = at(list, ChunkMerge.index(chunk, "index"), one).over(message);
      }
    }
    JsonObject part = delta.without("message").with("id", chunk.get("id"));
    return message.isEmpty() ? part : part.with("message", message);
  }

  private static JsonObject typed(String type) {
    return JsonObject.NONE.with("type", type);
  }

  private static JsonObject at(String list, Long index, JsonObject element) {
    JsonValue number = new JsonValue.Numeric(index.toString());
    return JsonObject.NONE.with(list, array(element.with("index", number)));
  }

  private static JsonValue array(JsonValue element) {
    return new JsonValue.Array(List.of(element));
  }
}
