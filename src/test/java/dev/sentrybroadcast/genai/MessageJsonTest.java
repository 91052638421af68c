package dev.sentrybroadcast.genai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Generations;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class MessageJsonTest {

  private static final Map<String, String> DEFINITIONS =
      Map.of(
          "text", "TextPart",
          "reasoning", "ReasoningPart",
          "tool_call", "ToolCallRequestPart",
          "tool_call_response", "ToolCallResponsePart",
          "blob", "BlobPart",
          "uri", "UriPart",
          "file", "FilePart",
          "object", "GenericPart",
          "citation", "GenericPart");

  @Test
  void messages_everyPart_isValidAgainstItsOwnDefinition() {
    SpanData span = Trees.generation(Generations.everything("x"));
    String input = json(span, "gen_ai.input.messages");
    String output = json(span, "gen_ai.output.messages");
    assertThat(Conventions.violations("gen-ai-input-messages", input)).isEmpty();
    assertThat(Conventions.violations("gen-ai-output-messages", output)).isEmpty();
    assertThat(
            Conventions.violations(
                "gen-ai-system-instructions", json(span, "gen_ai.system_instructions")))
        .isEmpty();
    assertThat(
            Conventions.violations(
                "gen-ai-tool-definitions", json(span, "gen_ai.tool.definitions")))
        .isEmpty();
    List<JsonNode> parts =
        Conventions.JSON
            .readTree(input)
            .valueStream()
            .flatMap(message -> message.path("parts").valueStream())
            .toList();
    assertThat(parts).hasSize(10);
    for (JsonNode part : parts) {
      String type = part.path("type").stringValue();
      assertThat(DEFINITIONS).containsKey(type);
      assertThat(
              Conventions.violations(
                  "gen-ai-input-messages",
                  DEFINITIONS.getOrDefault(type, "unknown"),
                  part.toString()))
          .as(type)
          .isEmpty();
    }
  }

  @Test
  void output_withoutFinishReason_isValidInTheLaterConvention() {
    String json = messages(List.of(new Message("assistant", null, List.of(), null)));
    assertThat(json).isEqualTo("[{\"role\":\"assistant\",\"parts\":[]}]");
    assertThat(Conventions.laterOutputViolations(json)).isEmpty();
  }

  @Test
  void message_textAndName_isRoleAndParts() {
    Message message =
        new Message("user", "Ann", List.of(new Part.Text("a\"b\\c\n\u0001\0é")), null);
    assertThat(messages(List.of(message)))
        .isEqualTo(
            "[{\"role\":\"user\",\"name\":\"Ann\",\"parts\":[{\"type\":\"text\",\"content\":"
                + "\"a\\\"b\\\\c\\n\\u0001\\u0000é\"}]}]");
  }

  @Test
  void toolCall_arguments_areEmbeddedJson() {
    assertThat(part(new Part.ToolCall("c1", "search", new JsonText("{\"q\":1}"))))
        .isEqualTo(
            "{\"type\":\"tool_call\",\"id\":\"c1\",\"name\":\"search\",\"arguments\":{\"q\":1}}");
    assertThat(part(new Part.ToolCall(null, "search", null)))
        .isEqualTo("{\"type\":\"tool_call\",\"name\":\"search\"}");
    assertThat(part(new Part.ToolCall(null, "search", new JsonText(""))))
        .isEqualTo("{\"type\":\"tool_call\",\"name\":\"search\",\"arguments\":null}");
  }

  @Test
  void toolResult_isThereAsResponseAndAsResult() {
    assertThat(part(new Part.ToolResult("c1", null, new JsonText("[1]"))))
        .isEqualTo(
            "{\"type\":\"tool_call_response\",\"id\":\"c1\",\"response\":[1],\"result\":\"[1]\"}");
  }

  @Test
  void blob_hasNoData() {
    assertThat(part(new Part.Blob("image", "image/png", 7)))
        .isEqualTo(
            "{\"type\":\"blob\",\"modality\":\"image\",\"mime_type\":\"image/png\","
                + "\"content\":\"\",\"size\":7}");
  }

  @Test
  void text_loneSurrogates_becomeReplacementCharacters() {
    assertThat(part(new Part.Text("\uD83D\uDE00 \uD83D \uDE00")))
        .isEqualTo("{\"type\":\"text\",\"content\":\"\uD83D\uDE00 \uFFFD \uFFFD\"}");
  }

  @Test
  void loneSurrogates_anywhere_areReplaced() {
    String broken = "a\uD83Db\uDE00";
    List<Part> parts =
        List.of(
            new Part.Reasoning(broken),
            new Part.ToolCall(broken, broken, new JsonText("{\"" + broken + "\":1}")));
    String mended = "a\uFFFDb\uFFFD";
    assertThat(messages(List.of(new Message(broken, broken, parts, broken))))
        .isEqualTo(
            """
            [{"role":"@","name":"@","parts":[{"type":"reasoning","content":"@"},\
            {"type":"tool_call","id":"@","name":"@","arguments":{"@":1}}],"finish_reason":"@"}]\
            """
                .replace("@", mended));
  }

  @ParameterizedTest
  @CsvSource({
    "stop, stop",
    "tool_calls, tool_call",
    "tool_use, tool_call",
    "end_turn, stop",
    "max_tokens, length",
    "whatever, whatever"
  })
  void finishReason_isInTheConventionsSpelling(String given, String written) {
    Message message = new Message("assistant", null, List.of(), given);
    assertThat(messages(List.of(message))).endsWith(",\"finish_reason\":\"" + written + "\"}]");
  }

  private static String part(Part part) {
    String messages = messages(List.of(new Message("user", null, List.of(part), null)));
    Conventions.JSON.readTree(messages);
    assertThat(messages).matches("\\[\\{\"role\":\"\\w+\",\"parts\":\\[.*]}]");
    return messages.substring(messages.indexOf(":[") + 2, messages.length() - "]}]".length());
  }

  private static String json(SpanData span, String key) {
    String text = Trees.text(span, key);
    assertThat(text).isNotNull();
    return text == null ? "" : text;
  }

  private static String messages(List<Message> messages) {
    return json(Trees.generation(Generations.of("g").input(messages)), "gen_ai.input.messages");
  }
}
