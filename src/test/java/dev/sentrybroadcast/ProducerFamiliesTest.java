package dev.sentrybroadcast;

import static dev.sentrybroadcast.RecordedTraces.attribute;
import static dev.sentrybroadcast.RecordedTraces.attributes;
import static dev.sentrybroadcast.RecordedTraces.decode;
import static dev.sentrybroadcast.RecordedTraces.span;
import static dev.sentrybroadcast.RecordedTraces.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.PrivacyMode;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the families of producers have of their own, where no recording shows it. */
final class ProducerFamiliesTest {

  private static final String OPERATION = "gen_ai.operation.name";
  private static final String INPUT = "gen_ai.input.messages";
  private static final String OUTPUT = "gen_ai.output.messages";

  /** A span of a scope; {@code given} are names and texts of attributes in turn. */
  private static SpanData read(String scope, String name, String more, String... given) {
    String attributes =
        Stream.iterate(0, i -> i < given.length, i -> i + 2)
            .map(i ->
                attribute(
                    given[i], "{\"stringValue\":\"" + given[i + 1].replace("\"", "\\\"") + "\"}"))
            .collect(Collectors.joining(","));
    String body =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"scope\":{\"name\":\"%s\"},\"spans\":[%s]}]}]}"
            .formatted(scope, span(1, null, name, more + "\"attributes\":[" + attributes + "]"));
    return tree(decode(body), PrivacyMode.OFF).spans().getFirst();
  }

  private static Map<String, Object> one(String scope, String name, String... given) {
    return attributes(read(scope, name, "", given));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "openinference.instrumentation.llama_index, OpenAI.predict, openinference.span.kind, LLM,"
            + " none",
        "openinference.instrumentation.llama_index, E._get_text_embedding,"
            + " openinference.span.kind, EMBEDDING, none",
        "openinference.instrumentation.dspy, LM.__call__, openinference.span.kind, LLM, chat",
        "openinference.instrumentation.openai_agents, handoff to b, openinference.span.kind, TOOL,"
            + " handoff",
        "openinference.instrumentation.openai_agents, Agent workflow, openinference.span.kind,"
            + " AGENT, none",
        "gcp.vertex.agent, call_llm, x, y, chat",
        "gcp.vertex.agent, execute_tool (merged), gen_ai.operation.name, execute_tool, none",
        "litellm, litellm_request, x, y, chat",
        "litellm, raw_gen_ai_request, llm.openai.model, gpt-4o, none",
        "langfuse-sdk, ask, langfuse.observation.type, retriever, none",
        "langsmith, X, langsmith.span.kind, parser, none",
        "mlflow.tracing.provider, X, mlflow.spanType, \"CHAT_MODEL\", chat",
        "mlflow.tracing.provider, X, mlflow.spanType, \"PARSER\", none",
        "traceloop.tracer, Ask for x.task, traceloop.span.kind, task, none"
      })
  void kind_isToldByTheSpanAlone(
      String scope, String name, String key, String value, @Nullable String operation) {
    assertThat(one(scope, name, key, value).get(OPERATION)).isEqualTo(operation);
  }

  @Test
  void embeddings_areToldByTheirModel() {
    assertThat(
            one(
                "langfuse-sdk",
                "OpenAI-embedding",
                "langfuse.observation.type",
                "generation",
                "langfuse.observation.model.name",
                "text-embedding-3-small"))
        .containsEntry(OPERATION, "embeddings");
  }

  @Test
  void failure_withAGoodStatus_isAFailure() {
    SpanData langfuse =
        read(
            "langfuse-sdk",
            "x",
            "",
            "langfuse.observation.type",
            "generation",
            "langfuse.observation.level",
            "ERROR",
            "langfuse.observation.status_message",
            "too many requests");
    SpanData langSmith =
        read(
            "langsmith",
            "x",
            "\"status\":{\"code\":1},\"events\":[{\"name\":\"exception\",\"attributes\":["
                + attribute("exception.type", "{\"stringValue\":\"RateLimitError\"}")
                + "]}],",
            "langsmith.span.kind",
            "llm");
    assertThat(Stream.of(langfuse, langSmith).map(span -> span.getStatus().getStatusCode()))
        .containsOnly(StatusCode.ERROR);
    assertThat(langfuse.getStatus().getDescription()).contains("too many requests");
    assertThat(attributes(langSmith)).containsEntry("error.type", "RateLimitError");
  }

  @Test
  void langfuse_countsCachedTokensApart_inItsOwnNamesOnly() {
    String usage = "langfuse.observation.usage_details";
    String type = "langfuse.observation.type";
    assertThat(
            one(
                "langfuse-sdk",
                "x",
                type,
                "generation",
                usage,
                "{\"input\":700,\"output\":50,\"input_cached_tokens\":500,\"output_reasoning\":30}"))
        .containsEntry("gen_ai.usage.input_tokens", 1200L)
        .containsEntry("gen_ai.usage.output_tokens", 80L);
    assertThat(
            one(
                "langfuse-sdk",
                "x",
                type,
                "generation",
                usage,
                "{\"prompt_tokens\":700,\"prompt_tokens_details\":{\"cached_tokens\":500}}"))
        .containsEntry("gen_ai.usage.input_tokens", 700L);
  }

  @Test
  void liteLlm_toolCallsBesideTheMessages_areInTheOutput() {
    String output =
        one(
                "litellm",
                "litellm_request",
                OUTPUT,
                "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"look\"}]}]",
                "gen_ai.completion.0.function_call.name",
                "get_weather",
                "gen_ai.completion.0.function_call.arguments",
                "{}")
            .getOrDefault(OUTPUT, "")
            .toString();
    assertThat(output).contains("look", "\"tool_call\"", "get_weather");
  }

  @ParameterizedTest
  @CsvSource({
    "other, x, gen_ai.prompt.name, gen_ai.prompt.version",
    "langfuse-sdk, langfuse.observation.type, langfuse.observation.prompt.name,"
        + " langfuse.observation.prompt.version",
    "openinference, openinference.span.kind, prompt.id, llm.prompt_template.version",
    "other, traceloop.entity.name, traceloop.prompt.key, traceloop.prompt.version"
  })
  void prompt_nameAndVersion_areAttributes_andNoMessages(
      String scope, String marker, String name, String version) {
    String kind =
        marker.startsWith("openinference")
            ? "LLM"
            : marker.startsWith("langfuse") ? "generation" : "x";
    Map<String, Object> sent =
        one(
            scope,
            "chat",
            "gen_ai.operation.name",
            "chat",
            "gen_ai.request.model",
            "m",
            marker,
            kind,
            name,
            "triage",
            version,
            "3");
    assertThat(sent)
        .containsEntry("gen_ai.prompt.name", "triage")
        .containsEntry("gen_ai.prompt.version", "3")
        .doesNotContainKey(INPUT);
  }

  @Test
  void langChain_messagesOfEveryForm_haveRolesAndToolCalls() {
    String messages =
        "{\"messages\":[[{\"lc\":1,\"id\":[\"langchain\",\"SystemMessage\"],\"kwargs\":"
            + "{\"content\":\"rules\"}},{\"type\":\"human\",\"data\":{\"content\":\"ask\"}}],"
            + "[\"ai\",\"said\"],{\"type\":\"ai\",\"content\":\"\",\"tool_calls\":"
            + "[{\"name\":\"f\",\"args\":{\"a\":1},\"id\":\"c1\",\"type\":\"tool_call\"}]}]}";
    Map<String, Object> sent =
        one("langsmith", "x", "langsmith.span.kind", "llm", "gen_ai.prompt", messages);
    assertThat(sent.getOrDefault("gen_ai.system_instructions", "").toString()).contains("rules");
    assertThat(sent.getOrDefault(INPUT, "").toString())
        .isEqualTo(
            "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"ask\"}]},"
                + "{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"said\"}]},"
                + "{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"id\":\"c1\","
                + "\"name\":\"f\",\"arguments\":{\"a\":1}}]}]");
  }

  @Test
  void responses_itemsInARequest_areMessages() {
    String request =
        "{\"model\":\"m\",\"instructions\":\"rules\",\"input\":[{\"role\":\"user\",\"content\":"
            + "\"ask\"},{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"f\","
            + "\"arguments\":\"{}\"},{\"type\":\"function_call_output\",\"call_id\":\"c1\","
            + "\"output\":\"done\"}]}";
    String input =
        one(
                "mlflow.tracing.provider",
                "Responses",
                "mlflow.spanType",
                "\"CHAT_MODEL\"",
                "mlflow.spanInputs",
                request)
            .getOrDefault(INPUT, "")
            .toString();
    assertThat(input).contains("ask", "\"tool_call\"", "\"tool_call_response\"", "done");
  }

  @Test
  void framework_isNoProvider() {
    assertThat(one("strands-agents", "chat", OPERATION, "chat", "gen_ai.system", "strands-agents"))
        .doesNotContainValue("strands-agents");
  }

  @Test
  void decoratedFunction_showsItsArguments() {
    assertThat(
            one(
                "traceloop.tracer",
                "f.tool",
                "traceloop.span.kind",
                "tool",
                "traceloop.entity.name",
                "f",
                "traceloop.entity.input",
                "{\"args\":[],\"kwargs\":{\"city\":\"Paris\"}}"))
        .containsEntry("gen_ai.tool.name", "f")
        .containsEntry("gen_ai.tool.call.arguments", "{\"city\":\"Paris\"}");
  }
}
