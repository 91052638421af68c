package dev.sentrybroadcast.genai;

import static dev.sentrybroadcast.generation.GenerationBuilder.SECOND;
import static dev.sentrybroadcast.generation.GenerationBuilder.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Generations;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.ToolExecution;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Sentry's views of AI spans need so that they draw everything. */
final class SentryViewsTest {

  private static final Part TEXT = new Part.Text("text");
  private static final Part CALL = new Part.ToolCall("c", "search", new JsonText("{}"));
  private static final Part RESULT = new Part.ToolResult("c", null, new JsonText("\"found\""));

  @Test
  void description_isTheName_butNotOnAttempts() {
    for (SpanData span : Trees.spans(Generations.everything("x"))) {
      boolean isAttempt = span.getName().startsWith("attempt");
      assertThat(Trees.text(span, "sentry.description"))
          .isEqualTo(isAttempt ? null : span.getName());
    }
  }

  @Test
  void tool_withoutTimes_endsAfterTheGeneration_andItsWrapperCoversIt() {
    List<SpanData> spans = Trees.spans(Generations.of("g").traceName("agent").tool(tool("\"a\"")));
    SpanData tool = spans.getLast();
    long end = START + 2 * SECOND;
    assertThat(tool.getStartEpochNanos()).isEqualTo(end);
    assertThat(tool.getEndEpochNanos()).isEqualTo(end + 1_000_000);
    assertThat(spans.getFirst().getEndEpochNanos()).isEqualTo(end + 1_000_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"rainy, 57°F\"|rainy, 57°F|12",
        "\"a\\n\\\"b\\\"\"|'a\n\"b\"'|5",
        "{\"a\":1}|{\"a\":1}|7",
        "12|12|2"
      })
  void toolResult_text_isPlain_andItsSizeIsSentInPrivacyModeToo(
      String json, String sent, long size) {
    SpanData tool = Trees.spans(Generations.of("g").tool(tool(json))).getLast();
    assertThat(Trees.text(tool, "gen_ai.tool.call.result")).isEqualTo(sent);
    assertThat(tool.getAttributes().get(SpanAttributes.TOOL_CALL_RESULT_SIZE)).isEqualTo(size);
    SpanData withheld =
        Trees.tree(Generations.of("g").tool(tool(json)).build(), PrivacyMode.ON).spans().getLast();
    assertThat(Trees.text(withheld, "gen_ai.tool.call.result")).isNull();
    assertThat(withheld.getAttributes().get(SpanAttributes.TOOL_CALL_RESULT_SIZE)).isEqualTo(size);
  }

  @Test
  void embeddingsInput_oneText_isPlain() {
    assertThat(embedded("\"What's the weather?\"")).isEqualTo("What's the weather?");
    assertThat(embedded("[\"a\",\"b\"]")).isEqualTo("[\"a\",\"b\"]");
  }

  @Test
  void toolResult_inAMessage_isAStringAlways() {
    assertThat(input(new Message("tool", null, List.of(RESULT), null)))
        .isEqualTo(
            """
            [{"role":"tool","parts":[{"type":"tool_call_response","id":"c",\
            "response":"found","result":"found"}]}]\
            """);
    Part object = new Part.ToolResult("c", null, new JsonText("{\"a\":[1]}"));
    assertThat(input(new Message("tool", null, List.of(object), null)))
        .contains("\"response\":{\"a\":[1]},\"result\":\"{\\\"a\\\":[1]}\"");
  }

  @Test
  void refusal_isATextThatSaysSo() {
    assertThat(input(new Message("assistant", null, List.of(new Part.Refusal("No.")), null)))
        .contains("{\"type\":\"text\",\"content\":\"No.\",\"refusal\":true}");
  }

  @ParameterizedTest
  @CsvSource({
    "image, https://e.com/a/cat.PNG?size=1, image/png",
    "image, https://e.com/cat, image/*",
    "audio, https://e.com/a.mp3#t, audio/mpeg",
    "video, https://e.com/a.mp4, video/mp4",
    "document, https://e.com/a.pdf, application/pdf",
    "document, https://e.com/, application/octet-stream",
    "other, gs://bucket/a.b.webp, image/webp"
  })
  void media_withoutMimeType_getOneFromTheAddressOrTheModality(
      String modality, String uri, String mimeType) {
    String sent =
        input(new Message("user", null, List.of(new Part.Uri(modality, null, uri)), null));
    assertThat(sent).contains("\"mime_type\":\"" + mimeType + "\"");
  }

  @Test
  void media_withMimeType_keepIt() {
    Part file = new Part.FileReference("document", "text/csv", "f");
    assertThat(input(new Message("user", null, List.of(file), null)))
        .contains("\"mime_type\":\"text/csv\"");
    Part blob = new Part.Blob("audio", null, 3);
    assertThat(input(new Message("user", null, List.of(blob), null)))
        .contains("\"mime_type\":\"audio/*\"");
  }

  @Test
  void input_textWithToolCalls_isSplit() {
    assertThat(roles(new Message("assistant", "Ann", List.of(TEXT, CALL), null)))
        .isEqualTo("assistant:text assistant:tool_call");
    assertThat(roles(new Message("assistant", null, List.of(new Part.Reasoning("r"), CALL), null)))
        .isEqualTo("assistant:reasoning,tool_call");
  }

  @Test
  void input_textWithToolResults_isSplit() {
    assertThat(roles(new Message("user", null, List.of(RESULT, RESULT, TEXT), null)))
        .isEqualTo("tool:tool_call_response,tool_call_response user:text");
    assertThat(roles(new Message("assistant", null, List.of(TEXT, CALL, RESULT, TEXT), null)))
        .isEqualTo("assistant:text assistant:tool_call tool:tool_call_response assistant:text");
  }

  @Test
  void output_textWithToolCalls_isOneMessage() {
    assertThat(output(new Message("assistant", null, List.of(TEXT, CALL), "stop")))
        .contains("\"content\":\"text\"},{\"type\":\"tool_call\"");
  }

  @Test
  void output_thatIsEmpty_isLeftOut() {
    Part blank = new Part.Text(" ");
    assertThat(output(new Message("assistant", null, List.of(), "stop"))).isNull();
    assertThat(output(new Message("assistant", null, List.of(blank), "stop"))).isNull();
    assertThat(output(new Message("assistant", null, List.of(blank, CALL), null)))
        .isEqualTo(
            """
            [{"role":"assistant","parts":[{"type":"tool_call","id":"c","name":"search",\
            "arguments":{}}]}]\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"function\":{}}}}]"
            + "|[{\"type\":\"function\",\"name\":\"f\",\"parameters\":{\"function\":{}}}]",
        "[{\"functionDeclarations\":[{\"name\":\"a\"},{\"name\":\"b\"}]},{\"googleSearch\":{}}]"
            + "|[{\"name\":\"a\"},{\"name\":\"b\"},{\"googleSearch\":{},\"name\":\"googleSearch\"}]",
        "[{\"toolSpec\":{\"name\":\"f\"}},7]|[{\"name\":\"f\"},7]",
        "[{\"type\":\"web_search\",\"n\":1.50}]"
            + "|[{\"type\":\"web_search\",\"n\":1.50,\"name\":\"web_search\"}]",
        "{\"function\":{}}|{\"function\":{}}",
      })
  void toolDefinitions_ofEachForm_haveNamesAtTheTop(String given, String sent) {
    assertThat(definitions(given)).isEqualTo(sent);
  }

  @Test
  void output_serverToolAndPartsOfOtherTypes_areDrawn() {
    JsonText compaction = new JsonText("{\"type\":\"compaction\",\"content\":\"In short: no.\"}");
    List<Part> parts =
        List.of(
            new Part.Other("compaction", compaction),
            new Part.Other("redacted_thinking", new JsonText("{}")),
            RESULT,
            new Part.Other("citation", new JsonText("[1]")));
    assertThat(output(new Message("assistant", null, parts, null)))
        .isEqualTo(
            """
            [{"role":"assistant","parts":[{"type":"text","content":"In short: no."},\
            {"type":"reasoning","content":"[redacted]"},\
            {"type":"object","id":"c","response":"found","result":"found"},\
            {"type":"object","kind":"citation","content":[1]}]}]\
            """);
  }

  @Test
  void input_partOfAnotherTypeBesideText_standsInAMessageOfItsOwn() {
    Part other = new Part.Other("citation", new JsonText("[1]"));
    assertThat(roles(new Message("user", null, List.of(TEXT, other), null)))
        .isEqualTo("user:text user:object");
  }

  @ParameterizedTest
  @CsvSource({"model, assistant", "ai, assistant", "human, user", "developer, system", "x, x"})
  void roles_ofOtherProducers_areThoseThatSentryKnows(String given, String sent) {
    assertThat(roles(new Message(given, null, List.of(TEXT), null))).isEqualTo(sent + ":text");
  }

  @Test
  void failedTool_withoutResult_hasItsErrorsWordsInItsPlace() {
    Failure failure = new Failure("timeout", null, Content.of("It did not answer"));
    assertThat(result(failure, PrivacyMode.OFF)).isEqualTo("It did not answer");
    assertThat(result(failure, PrivacyMode.ON)).isNull();
    assertThat(result(new Failure("timeout", null, null), PrivacyMode.OFF)).isEqualTo("timeout");
  }

  private static @Nullable String result(Failure failure, PrivacyMode mode) {
    ToolExecution tool = new ToolExecution("c", "search", null, null, null, null, failure);
    SpanData span = Trees.tree(Generations.of("g").tool(tool).build(), mode).spans().getLast();
    return Trees.text(span, "gen_ai.tool.call.result");
  }

  private static ToolExecution tool(String result) {
    return new ToolExecution(
        "c", "search", null, null, Content.of(new JsonText(result)), null, null);
  }

  private static @Nullable String embedded(String json) {
    return exchange(
        new Exchange(null, null, null, null, Content.of(new JsonText(json))),
        "gen_ai.embeddings.input");
  }

  @Test
  void toolDefinitions_standOnTheAgentToo_whereSentryListsAvailableTools() {
    List<SpanData> carriers =
        Trees.spans(Generations.everything("x")).stream()
            .filter(span -> Trees.text(span, "gen_ai.tool.definitions") != null)
            .toList();
    assertThat(carriers)
        .extracting(span -> Trees.text(span, "sentry.op"))
        .containsExactly("gen_ai.invoke_agent", "gen_ai.chat");
    assertThat(carriers)
        .extracting(span -> Trees.text(span, "gen_ai.tool.definitions"))
        .containsOnly(
            "[{\"type\":\"function\",\"name\":\"search\",\"description\":\"xdefinitions\"}]");
  }

  private static @Nullable String definitions(String json) {
    return exchange(
        new Exchange(null, null, null, Content.of(new JsonText(json)), null),
        "gen_ai.tool.definitions");
  }

  private static @Nullable String output(Message message) {
    return exchange(
        new Exchange(null, Content.of(List.of(message)), null, null, null),
        "gen_ai.output.messages");
  }

  private static String input(Message message) {
    return Objects.requireNonNull(
        exchange(
            new Exchange(Content.of(List.of(message)), null, null, null, null),
            "gen_ai.input.messages"));
  }

  /** Role and types of parts of each message. */
  private static String roles(Message message) {
    StringBuilder roles = new StringBuilder();
    for (var sent : Conventions.JSON.readTree(input(message))) {
      List<String> types =
          sent.path("parts").valueStream().map(part -> part.path("type").stringValue()).toList();
      roles
          .append(roles.isEmpty() ? "" : " ")
          .append(sent.path("role").stringValue())
          .append(':')
          .append(String.join(",", types));
    }
    return roles.toString();
  }

  private static @Nullable String exchange(Exchange exchange, String key) {
    return Trees.text(Trees.generation(Generations.of("g").exchange(exchange)), key);
  }
}
