package dev.sentrybroadcast;

import static dev.sentrybroadcast.RecordedTraces.attribute;
import static dev.sentrybroadcast.RecordedTraces.attributes;
import static dev.sentrybroadcast.RecordedTraces.chat;
import static dev.sentrybroadcast.RecordedTraces.decode;
import static dev.sentrybroadcast.RecordedTraces.request;
import static dev.sentrybroadcast.RecordedTraces.span;
import static dev.sentrybroadcast.RecordedTraces.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.genai.SpanTree;
import dev.sentrybroadcast.generation.PrivacyMode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which recorded spans count as model calls, and what their values are. */
final class RecordedCallsTest {

  private static final String OPERATION = "gen_ai.operation.name";
  private static final String INPUT = "gen_ai.usage.input_tokens";
  private static final String USAGE =
      attribute("gen_ai.request.model", "{\"stringValue\":\"m\"}")
          + ","
          + attribute(INPUT, "{\"intValue\":7}")
          + ","
          + attribute("gen_ai.usage.output_tokens", "{\"intValue\":2}");

  private static String text(String name, String value) {
    return attribute(name, "{\"stringValue\":\"" + value + "\"}");
  }

  private static String call(String... more) {
    return "\"attributes\":[" + chat() + "," + USAGE + withCommas(more) + "]";
  }

  private static String withCommas(String... more) {
    return more.length == 0 ? "" : "," + String.join(",", more);
  }

  private static Map<String, Object> one(String name, String more) {
    return attributes(tree(span(1, null, name, more)).spans().getFirst());
  }

  private static Map<String, Object> ofOperation(String operation) {
    return one("x", "\"attributes\":[" + text(OPERATION, operation) + "," + USAGE + "]");
  }

  /** The operation of each span; "none" for a step. */
  private static List<Object> operations(String... spans) {
    return tree(String.join(",", spans)).spans().stream()
        .map(span -> attributes(span).getOrDefault(OPERATION, "none"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "chat, chat, gen_ai.chat",
    "acompletion, chat, gen_ai.chat",
    "anthropic_messages, chat, gen_ai.chat",
    "aresponses, chat, gen_ai.chat",
    "text_completion, text_completion, gen_ai.text_completion",
    "aimage_generation, generate_content, gen_ai.generate_content",
    "embedding, embeddings, gen_ai.embeddings",
    "arerank, rerank, gen_ai.rerank"
  })
  void operation_ofAModelCall_hasItsTokens(String given, String operation, String op) {
    assertThat(ofOperation(given))
        .containsEntry(OPERATION, operation)
        .containsEntry("sentry.op", op)
        .containsEntry(INPUT, 7L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chain",
        "prompt",
        "parser",
        "invoke_workflow",
        "execute_task",
        "agent_step",
        "retrieval",
        "framework",
        "model_chunk"
      })
  void operation_ofAStep_isNotCounted(String given) {
    assertThat(ofOperation(given))
        .doesNotContainKeys(OPERATION, "sentry.op", INPUT)
        .containsEntry("broadcast.operation.name", given)
        .containsEntry("broadcast.aggregated_usage.input", 7L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invoke_agent",
        "create_agent",
        "handoff",
        "evaluate",
        "decide",
        "extract",
        "search_memory",
        "delete_memory_store"
      })
  void operation_thatIsNoModelCall_passesWithoutItsSums(String given) {
    assertThat(ofOperation(given))
        .containsEntry(OPERATION, given)
        .containsEntry(
            "sentry.op", given.contains("memory") ? "gen_ai.memory.client" : "gen_ai." + given)
        .doesNotContainKey(INPUT)
        .containsEntry("broadcast.aggregated_usage.output", 2L);
  }

  @Test
  void modelCall_withSpansBelowIt_isOne() {
    assertThat(
            operations(
                span(1, null, "chat m", "\"attributes\":[" + USAGE + "]"),
                span(2, 1, "POST", "\"kind\":3")))
        .containsExactly("chat", "none");
  }

  @Test
  void model_onSpansOfHttp_isNoModelCall() {
    assertThat(operations(span(1, null, "POST /v1/chat", "\"attributes\":[" + USAGE + "]")))
        .containsExactly("none");
  }

  @Test
  void evaluation_keepsItsContentAsItIs() {
    String state = "[{\\\"type\\\":\\\"evaluation\\\",\\\"state\\\":1,\\\"questions\\\":{}}]";
    assertThat(
            one(
                "evaluate",
                "\"attributes\":["
                    + text(OPERATION, "evaluate")
                    + ","
                    + text("gen_ai.input.messages", state)
                    + "]"))
        .containsEntry("gen_ai.input.messages", state.replace("\\", ""));
  }

  @Test
  void sameResponseId_theSpanWithContentIsTheCall() {
    assertThat(
            operations(
                span(1, null, "outer", call(text("gen_ai.response.id", "r"))),
                span(
                    2,
                    null,
                    "inner",
                    call(text("gen_ai.response.id", "r"), text("gen_ai.prompt", "hi")))))
        .containsExactly("none", "chat");
  }

  @Test
  void sameModelAndTokens_directlyBelow_countOnce() {
    assertThat(operations(span(1, null, "outer", call()), span(2, 1, "inner", call())))
        .containsExactly("chat", "none");
  }

  @Test
  void sameCall_withTokensOnTheSpanWithoutContent_hasBoth() {
    String withContent =
        "\"attributes\":["
            + chat()
            + ","
            + text("gen_ai.request.model", "m")
            + ","
            + text("gen_ai.prompt", "hi")
            + "]";
    SpanTree tree = tree(span(1, null, "outer", withContent) + "," + span(2, 1, "inner", call()));
    assertThat(attributes(tree.spans().getFirst()))
        .containsEntry(OPERATION, "chat")
        .containsEntry(INPUT, 7L)
        .containsKey("gen_ai.input.messages");
    assertThat(attributes(tree.spans().getLast())).doesNotContainKeys(OPERATION, INPUT);
  }

  @Test
  void sameModelAndTokens_besideEachOther_areTwoCalls() {
    assertThat(operations(span(1, null, "one", call()), span(2, null, "other", call())))
        .containsExactly("chat", "chat");
  }

  @Test
  void failedCall_belowAFailedCallOfItsModel_countsOnce() {
    String failed =
        "\"status\":{\"code\":2},\"attributes\":["
            + chat()
            + ","
            + text("gen_ai.request.model", "m")
            + "]";
    assertThat(operations(span(1, null, "outer", failed), span(2, 1, "inner", failed)))
        .containsExactly("chat", "none");
  }

  @Test
  void messages_inEvents_areMessages() {
    Map<String, Object> sent =
        one(
            "chat",
            call()
                + ",\"events\":["
                + event("gen_ai.system.message", text("content", "be kind"))
                + ","
                + event("gen_ai.user.message", text("content", "hi"))
                + ","
                + event(
                    "gen_ai.choice", text("message", "hello") + "," + text("finish_reason", "stop"))
                + "]");
    assertThat(sent)
        .containsEntry(
            "gen_ai.input.messages",
            "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"hi\"}]}]")
        .containsEntry(
            "gen_ai.system_instructions", "[{\"type\":\"text\",\"content\":\"be kind\"}]")
        .containsEntry("gen_ai.response.finish_reasons", "[\"stop\"]");
    assertThat(sent)
        .containsEntry(
            "gen_ai.output.messages",
            "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"text\",\"content\":\"hello\"}],"
                + "\"finish_reason\":\"stop\"}]");
  }

  private static String event(String name, String attributes) {
    return "{\"name\":\"" + name + "\",\"attributes\":[" + attributes + "]}";
  }

  @Test
  void json_thatIsNoMessage_becomesText() {
    assertThat(one("chat", call(text("gen_ai.prompt", "{\\\"topic\\\":\\\"tea\\\",\\\"n\\\":4}"))))
        .containsEntry(
            "gen_ai.input.messages",
            "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":"
                + "\"{\\\"topic\\\":\\\"tea\\\",\\\"n\\\":4}\"}]}]");
  }

  @Test
  void tokens_laterSpellingThatIsPositive_winsOverAZero() {
    assertThat(
            attributes(
                attribute(INPUT, "{\"intValue\":0}")
                    + ","
                    + attribute("gen_ai.usage.prompt_tokens", "{\"intValue\":5}")))
        .containsEntry(INPUT, 5L);
  }

  @Test
  void tokens_ofTheCacheBesideTheInput_areAdded() {
    assertThat(
            attributes(
                attribute(INPUT, "{\"intValue\":203}")
                    + ","
                    + attribute("gen_ai.usage.output_tokens", "{\"intValue\":1}")
                    + ","
                    + attribute("gen_ai.usage.total_tokens", "{\"intValue\":304}")
                    + ","
                    + attribute("gen_ai.usage.cache_read.input_tokens", "{\"intValue\":100}")))
        .containsEntry(INPUT, 303L)
        .containsEntry("gen_ai.usage.total_tokens", 304L);
  }

  @Test
  void cost_withPartsThatDoNotAddUp_isTheTotalAlone() {
    assertThat(
            attributes(
                attribute("gen_ai.usage.cost", "{\"doubleValue\":0.0114}")
                    + ","
                    + attribute("gen_ai.usage.input_cost", "{\"doubleValue\":0.004}")
                    + ","
                    + attribute("gen_ai.usage.output_cost", "{\"doubleValue\":0.006}")))
        .containsEntry("gen_ai.cost.total_tokens", 0.0114)
        .doesNotContainKeys("gen_ai.cost.input_tokens", "gen_ai.cost.output_tokens");
  }

  @ParameterizedTest
  @CsvSource({
    "<class 'openai.RateLimitError'>, RateLimitError",
    "openai.error.RateLimitError, RateLimitError",
    "429, 429"
  })
  void errorType_ofAClass_isItsName(String given, String type) {
    assertThat(
            one(
                "chat",
                "\"status\":{\"code\":2,\"message\":\"Error code: 429 - slow down\"},"
                    + call(text("error.type", given))))
        .containsEntry("error.type", type)
        .containsEntry("http.response.status_code", 429L);
  }

  @Test
  void finishReason_ofAnEnumeration_isItsWord() {
    assertThat(attributes(text("gen_ai.response.finish_reason", "FinishReason.STOP")))
        .containsEntry("gen_ai.response.finish_reasons", "[\"STOP\"]");
  }

  @Test
  void finishReason_thatIsASentence_isDropped() {
    assertThat(attributes(text("gen_ai.response.finish_reason", "I was told to")))
        .doesNotContainKey("gen_ai.response.finish_reasons");
  }

  @Test
  void privacyMode_replacesNamesByWhatIsKnown() {
    SpanTree tree =
        tree(
            decode(
                request(
                    String.join(
                        ",",
                        span(1, null, "Write a poem of spring", call()),
                        span(2, 1, "run a secret plan", "\"kind\":1")))),
            PrivacyMode.ON);
    assertThat(tree.spans().stream().map(SpanData::getName)).containsExactly("chat m", "span");
  }

  @Test
  void privacyMode_withholdsUnknownValuesOfEveryType() {
    String unknown =
        attribute("a", "{\"intValue\":42}")
            + ","
            + attribute("b", "{\"boolValue\":true}")
            + ","
            + attribute("c", "{\"arrayValue\":{\"values\":[{\"doubleValue\":1.5}]}}");
    assertThat(attributes(unknown)).containsKeys("a", "b", "c");
    assertThat(attributes(unknown, PrivacyMode.ON)).doesNotContainKeys("a", "b", "c");
  }

  @Test
  void vectors_areNotSent() {
    String vector = "{\"arrayValue\":{\"values\":[{\"doubleValue\":0.25},{\"doubleValue\":0.5}]}}";
    assertThat(attributes(attribute("embedding.embeddings.0.embedding.vector", vector)))
        .doesNotContainKey("embedding.embeddings.0.embedding.vector");
  }
}
