package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.SpanRole;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * OpenInference, in Python and JavaScript.
 *
 * @see <a
 *     href="https://github.com/Arize-ai/openinference/blob/main/spec/semantic_conventions.md">Semantic
 *     conventions</a>
 */
final class OpenInference {

  private static final String KIND = "openinference.span.kind";

  private static final Names COMMON =
      Conventions.NAMES.with(
          """
          input_tokens llm.token_count.prompt
          output_tokens llm.token_count.completion
          total_tokens llm.token_count.total
          cache_read_tokens llm.token_count.prompt_details.cache_read
          cache_write_tokens llm.token_count.prompt_details.cache_write
          reasoning_tokens llm.token_count.completion_details.reasoning
          cost llm.cost.total
          input_cost llm.cost.prompt
          output_cost llm.cost.completion
          input llm.input_messages.* llm.prompts.* input.value
          output llm.output_messages.* llm.choices.* output.value
          agent_name agent.name
          prompt_name prompt.id
          prompt_version llm.prompt_template.version
          session session.id metadata/session_id metadata/thread_id
          user user.id metadata/user_id
          """);

  private static final Names CALL =
      COMMON
          .parameters("llm.invocation_parameters/")
          .finishReasons("output.value/")
          .with(
              """
              provider llm.provider llm.system
              request_model llm.request.model_name llm.invocation_parameters/model
              request_model embedding.model_name reranker.model_name llm.model_name
              response_model llm.response.model_name embedding.model_name llm.model_name
              finish_reasons llm.finish_reason llm.output_messages.*/*/message/finish_reason
              tool_definitions llm.tools.*
              """);

  /** Of a request whose messages are those of the conversation alone. */
  private static final Names WITH_SYSTEM =
      CALL.with(
          """
          system llm.invocation_parameters/system llm.invocation_parameters/instructions
          system input.value/system
          """);

  private static final Names EMBEDDINGS =
      CALL.withoutMessages()
          .with(
              """
              embeddings_input embedding.embeddings.* embedding.text
              embeddings_input llm.invocation_parameters/inputText
              embeddings_input llm.invocation_parameters/texts input.value
              """);

  private static final Names AGENT =
      COMMON.with("agent_name agent.name graph.node.name graph.node.id");

  private static final Names TOOL =
      COMMON
          .withoutMessages()
          .with(
              """
              tool_arguments input.value
              tool_result output.value
              tool_name tool.name
              tool_call_id tool_call.id tool.id
              tool_description tool.description
              """);

  static final Vocabulary VOCABULARY =
      Vocabulary.of(span -> span.text(KIND) != null)
          .names((span, role) ->
              switch (role.type()) {
                case MODEL_CALL ->
                    role.equals(SpanRole.EMBEDDINGS)
                        ? EMBEDDINGS
                        : "user".equals(span.text("llm.input_messages.0.message.role"))
                            ? WITH_SYSTEM
                            : CALL;
                case AGENT -> AGENT;
                case TOOL -> TOOL;
                default -> COMMON;
              })
          .role(OpenInference::role)
          .content(OpenInference::content)
          // A method can follow the agent's or the tool's name.
          .spanName(
              "(.+?)(?:\\.(?:a?run(?:_stream)?|_?execute\\w*|on_messages(?:_stream)?|a?call"
                  + "|__call__|a?invoke|a?forward))?");

  private OpenInference() {}

  private static SpanRole role(OtlpSpan span) {
    String kind = span.word("span", KIND).toLowerCase(Locale.ROOT);
    boolean isLlamaIndex = span.scope().endsWith(".llama_index");
    boolean isStep =
        switch (kind) {
          // LlamaIndex has spans of kind LLM, without messages and tokens, around those of calls.
          case "llm" ->
              isLlamaIndex
                  && !span.hasAny("llm.input_messages.")
                  && !span.hasAny("llm.token_count.");
          // It has a span for the method and one for the method that it calls.
          case "embedding" -> isLlamaIndex && span.name().contains("._get_");
          case "reranker" -> !span.has("reranker.model_name");
          default -> false;
        };
    return switch (isStep ? "" : kind) {
      case "llm" ->
          Conventions.callOf(span.firstText("llm.model_name", "llm.invocation_parameters/model"));
      case "embedding" -> SpanRole.EMBEDDINGS;
      case "reranker" -> SpanRole.RERANK;
      case "tool" -> span.name().startsWith("handoff to ") ? SpanRole.HANDOFF : SpanRole.TOOL;
      // The outermost one of OpenAI's Agents SDK is the whole trace.
      case "agent" ->
          span.scope().endsWith(".openai_agents") && !span.has("agent.name")
              ? SpanRole.step("workflow")
              : SpanRole.AGENT;
      default -> SpanRole.step(kind);
    };
  }

  private static JsonValue content(OtlpSpan span, Field field, JsonValue value) {
    return switch (field) {
      case INPUT -> withCalls(span, Json.each(value, item -> message(item, "user")));
      case OUTPUT -> Json.each(value, item -> message(item, "assistant"));
      case TOOL_DEFINITIONS ->
          Json.each(value, item -> Json.inText(Json.inner(item.object("tool"), "json_schema")));
      case EMBEDDINGS_INPUT ->
          Json.each(value, item -> Json.inner(item.object("embedding"), "text"));
      default -> value;
    };
  }

  /** Google's SDK calls functions itself; the calls before the last one stand apart. */
  private static JsonValue withCalls(OtlpSpan span, JsonValue input) {
    JsonValue calls = span.attributes().get("message.tool_calls.*");
    if (calls == null || !input.isArray()) {
      return input;
    }
    JsonObject asked = JsonObject.NONE.with("role", "assistant").with("tool_calls", calls);
    return Json.array(
        Stream.concat(
                JsonValue.items(input).stream(),
                Stream.of(message(JsonObject.NONE.with("message", asked), "assistant")))
            .toList());
  }

  private static JsonValue message(JsonObject item, String role) {
    JsonObject said = JsonObject.of(item.first("prompt", "completion"));
    if (said.has("text")) {
      return JsonObject.NONE.with("role", role).with("content", said.get("text"));
    }
    JsonObject message = item.object("message");
    if (message.isEmpty()) {
      return item;
    }
    // Autogen writes results of tools beside the message.
    for (JsonValue function : JsonValue.items(item.get("function"))) {
      JsonObject result = JsonObject.of(Json.inText(function));
      message =
          message
              .with("tool_call_id", result.get("call_id"))
              .with("content", result.get("content"));
    }
    if (message.has("tool_call_id")) {
      message = message.with("role", "tool");
    }
    JsonValue contents = message.get("contents");
    JsonValue calls = message.get("tool_calls");
    return message
        .without("contents")
        .with("content", contents == null ? null : Json.each(contents, OpenInference::part))
        .with(
            "tool_calls",
            calls == null ? null : Json.each(calls, call -> Json.inner(call, "tool_call")));
  }

  private static JsonValue part(JsonObject item) {
    if (item.has("tool_call")) {
      return JsonValue.Null.NULL; // also in the message's tool calls
    }
    JsonObject image = item.object("message_content").object("image").object("image");
    return image.isEmpty()
        ? Json.inner(item, "message_content")
        : JsonObject.NONE.with("type", "image_url").with("image_url", image);
  }
}
