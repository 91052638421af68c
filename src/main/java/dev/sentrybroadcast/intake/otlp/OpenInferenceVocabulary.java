package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * OpenInference, in Python and JavaScript.
 *
 * @see <a
 *     href="https://github.com/Arize-ai/openinference/blob/main/spec/semantic_conventions.md">Semantic
 *     conventions</a>
 */
final class OpenInferenceVocabulary implements Vocabulary {

  private static final String KIND = "openinference.span.kind";
  private static final String PARAMETERS = "llm.invocation_parameters/";

  private static final Names COMMON =
      Conventions.NAMES
          .with(Field.INPUT_TOKENS, "llm.token_count.prompt")
          .with(Field.OUTPUT_TOKENS, "llm.token_count.completion")
          .with(Field.TOTAL_TOKENS, "llm.token_count.total")
          .with(Field.CACHE_READ_TOKENS, "llm.token_count.prompt_details.cache_read")
          .with(Field.CACHE_WRITE_TOKENS, "llm.token_count.prompt_details.cache_write")
          .with(Field.REASONING_TOKENS, "llm.token_count.completion_details.reasoning")
          .with(Field.COST, "llm.cost.total")
          .with(Field.INPUT_COST, "llm.cost.prompt")
          .with(Field.OUTPUT_COST, "llm.cost.completion")
          .with(Field.INPUT, "llm.input_messages.*", "llm.prompts.*", "input.value")
          .with(Field.OUTPUT, "llm.output_messages.*", "llm.choices.*", "output.value")
          .with(Field.AGENT_NAME, "agent.name")
          .with(Field.SESSION, "session.id", "metadata/session_id", "metadata/thread_id")
          .with(Field.USER, "user.id", "metadata/user_id");

  private static final Names CALL =
      COMMON
          .parameters(PARAMETERS)
          .with(Field.PROVIDER, "llm.provider", "llm.system")
          .with(
              Field.REQUEST_MODEL, "embedding.model_name", "reranker.model_name", "llm.model_name")
          .with(Field.REQUEST_MODEL, "llm.request.model_name", PARAMETERS + "model")
          .with(Field.RESPONSE_MODEL, "embedding.model_name", "llm.model_name")
          .with(Field.RESPONSE_MODEL, "llm.response.model_name")
          .finishReasons("output.value/")
          .with(Field.FINISH_REASONS, "llm.output_messages.*/*/message/finish_reason")
          .with(Field.FINISH_REASONS, "llm.finish_reason")
          .with(Field.TOOL_DEFINITIONS, "llm.tools.*");

  /** Of a request whose messages are those of the conversation alone. */
  private static final Names WITH_SYSTEM =
      CALL.with(
          Field.SYSTEM, PARAMETERS + "system", PARAMETERS + "instructions", "input.value/system");

  private static final Names EMBEDDINGS =
      CALL.ofEmbeddings("input.value")
          .under(PARAMETERS, Field.EMBEDDINGS_INPUT, "inputText", "texts")
          .with(Field.EMBEDDINGS_INPUT, "embedding.embeddings.*", "embedding.text");

  private static final Names AGENT =
      COMMON.with(Field.AGENT_NAME, "agent.name", "graph.node.name", "graph.node.id");

  private static final Names TOOL =
      COMMON
          .ofTool("input.value", "output.value")
          .with(Field.TOOL_NAME, "tool.name")
          .with(Field.TOOL_CALL_ID, "tool_call.id", "tool.id")
          .with(Field.TOOL_DESCRIPTION, "tool.description");

  /** The method that follows an agent's or tool's name in a span's name. */
  private static final Pattern METHOD =
      Pattern.compile(
          "(.+)\\.(a?run(_stream)?|_?execute\\w*|on_messages(_stream)?|a?call|__call__|a?invoke|a?forward)");

  @Override
  public boolean matches(OtlpSpan span) {
    return span.text(KIND) != null;
  }

  @Override
  public SpanRole role(OtlpSpan span) {
    String kind = span.word("span", KIND).toUpperCase(Locale.ROOT);
    return switch (kind) {
      case "LLM" -> isLlamaIndex(span) && !hasCall(span) ? step(kind) : callOf(span);
      // LlamaIndex has a span for the method and one for the method that it calls.
      case "EMBEDDING" ->
          isLlamaIndex(span) && span.name().contains("._get_") ? step(kind) : SpanRole.EMBEDDINGS;
      case "RERANKER" -> span.has("reranker.model_name") ? SpanRole.RERANK : step(kind);
      case "TOOL" -> span.name().startsWith("handoff to ") ? SpanRole.HANDOFF : SpanRole.TOOL;
      // The outermost one of OpenAI's Agents SDK is the whole trace.
      case "AGENT" ->
          span.scope().endsWith(".openai_agents") && !span.has("agent.name")
              ? step("workflow")
              : SpanRole.AGENT;
      default -> step(kind);
    };
  }

  private static SpanRole step(String kind) {
    return SpanRole.step(kind.toLowerCase(Locale.ROOT));
  }

  private static SpanRole callOf(OtlpSpan span) {
    String model = span.text("llm.model_name");
    return Operations.callOf(model == null ? span.text(PARAMETERS + "model") : model);
  }

  private static boolean isLlamaIndex(OtlpSpan span) {
    return span.scope().endsWith(".llama_index");
  }

  /** It has spans of kind LLM, without messages and tokens, around those of calls. */
  private static boolean hasCall(OtlpSpan span) {
    return span.hasAny("llm.input_messages.") || span.hasAny("llm.token_count.");
  }

  @Override
  public Names names(OtlpSpan span) {
    SpanRole role = role(span);
    return switch (role.type()) {
      case MODEL_CALL ->
          role.equals(SpanRole.EMBEDDINGS)
              ? EMBEDDINGS
              : "user".equals(span.text("llm.input_messages.0.message.role")) ? WITH_SYSTEM : CALL;
      case AGENT -> AGENT;
      case TOOL -> TOOL;
      default -> COMMON;
    };
  }

  /** Google's SDK calls functions itself; the calls before the last one stand apart. */
  @Override
  public JsonValue content(OtlpSpan span, Field field, JsonValue value) {
    JsonValue read = content(field, value);
    JsonValue calls = field == Field.INPUT ? span.attributes().get("message.tool_calls.*") : null;
    return calls == null || !read.isArray()
        ? read
        : Json.array(
            Stream.concat(
                    JsonValue.items(read).stream(), Stream.of(message(asked(calls), List.of())))
                .toList());
  }

  private static JsonObject asked(JsonValue calls) {
    return Json.object("role", new JsonValue.Text("assistant")).with("tool_calls", calls);
  }

  @Override
  public JsonValue content(Field field, JsonValue value) {
    return switch (field) {
      case INPUT, OUTPUT -> Json.each(value, item -> message(item, field));
      case TOOL_DEFINITIONS ->
          Json.each(value, item -> Json.inText(Json.inner(item.object("tool"), "json_schema")));
      case EMBEDDINGS_INPUT ->
          Json.each(value, item -> Json.inner(item.object("embedding"), "text"));
      default -> value;
    };
  }

  private static JsonValue message(JsonObject item, Field field) {
    JsonValue text =
        item.has("prompt")
            ? item.object("prompt").get("text")
            : item.object("completion").get("text");
    if (text != null) {
      return Json.object("content", text)
          .with("role", new JsonValue.Text(field == Field.INPUT ? "user" : "assistant"));
    }
    JsonObject message = item.object("message");
    return message.isEmpty() ? item : message(message, JsonValue.items(item.get("function")));
  }

  private static JsonValue message(JsonObject given, List<JsonValue> results) {
    JsonObject message = given;
    // Autogen writes results of tools beside the message.
    for (JsonValue function : results) {
      JsonObject result = JsonObject.of(Json.inText(function));
      message =
          message
              .with("tool_call_id", result.get("call_id"))
              .with("content", result.get("content"));
    }
    if (message.has("tool_call_id")) {
      message = message.with("role", new JsonValue.Text("tool"));
    }
    return message
        .without("contents", "tool_calls")
        .with(
            "content",
            message.has("contents")
                ? Json.each(Json.inner(message, "contents"), OpenInferenceVocabulary::part)
                : message.get("content"))
        .with(
            "tool_calls",
            message.has("tool_calls")
                ? Json.each(
                    Json.inner(message, "tool_calls"), call -> Json.inner(call, "tool_call"))
                : null);
  }

  private static JsonValue part(JsonObject item) {
    JsonObject content = item.object("message_content");
    if (item.has("tool_call")) {
      return new JsonValue.Null(); // also in the message's tool calls
    }
    JsonObject image = content.object("image").object("image");
    return image.isEmpty()
        ? Json.inner(item, "message_content")
        : Json.object("type", new JsonValue.Text("image_url")).with("image_url", image);
  }

  @Override
  public @Nullable String nameInSpanName(OtlpSpan span, SpanRole role) {
    if (!role.is(SpanRole.Type.AGENT) && !role.is(SpanRole.Type.TOOL)) {
      return null;
    }
    Matcher method = METHOD.matcher(span.name());
    return method.matches() ? method.group(1) : span.name();
  }
}
