package dev.sentrybroadcast.sentryview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.sentryview.ViewFault.Kind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule finds its fault, and nothing in a span that has none. */
final class ViewRulesTest {

  private static final String ONE_FAULT_EACH =
      """
      CUT_JSON        | gen_ai.input.messages   | [{'role':'us
      ROLE            | gen_ai.input.messages   | [{'role':'developer','parts':[{'type':'text','content':'x'}]}]
      OBJECT_OBJECT   | gen_ai.input.messages   | [{'role':'tool','parts':[{'type':'tool_call_response','result':{'a':1}}]}]
      OBJECT_OBJECT   | gen_ai.input.messages   | [{'role':'tool','parts':[{'type':'tool_call_response','result':['a',{}]}]}]
      TOOL_AS_USER    | gen_ai.input.messages   | [{'role':'user','parts':[{'type':'tool_call_response','result':'1'}]}]
      MIME            | gen_ai.input.messages   | [{'role':'user','parts':[{'type':'uri','uri':'https://a.example/b.png'}]}]
      PART_UNSEEN     | gen_ai.input.messages   | [{'role':'assistant','parts':[{'type':'text','content':'x'},{'type':'tool_call','name':'t'}]}]
      CHOICES         | gen_ai.output.messages  | [{'role':'assistant','parts':[{'type':'text','content':'x'}]},{'role':'assistant','parts':[{'type':'text','content':'y'}]}]
      EMPTY_OUTPUT    | gen_ai.output.messages  | [{'role':'assistant','parts':[]}]
      SYSTEM_UNSEEN   | gen_ai.input.messages   | [{'role':'system','parts':[{'type':'text','content':'[2 messages left out]'}]}]
      QUOTED          | gen_ai.tool.call.result | 'rainy'
      NO_MODEL        | gen_ai.response.model   |
      CONVERSATION_ID | gen_ai.conversation.id  | a/b
      OLD_NAME        | gen_ai.system           | openai
      DEFINITION      | gen_ai.tool.definitions | [{'type':'function','function':{'name':'t'}}]
      """;

  @ParameterizedTest
  @CsvSource(textBlock = ONE_FAULT_EACH, delimiter = '|', quoteCharacter = '"')
  void rules_spanWithOneFault_findIt(Kind kind, String attribute, String value) {
    String json = value == null ? "" : value.replace('\'', '"');
    assertThat(found(span("chat", 1, 2, false, Map.of(attribute, json)))).containsExactly(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          gen_ai.input.messages   | [{'role':'tool','parts':[{'type':'tool_call_response','result':'{}'}]}]
          gen_ai.input.messages   | [{'role':'user','parts':[{'type':'blob','mime_type':'image/*'},{'type':'text','content':''}]}]
          gen_ai.input.messages   | {'system':'Be brief','prompt':'Hi'}
          gen_ai.input.messages   | [{'role':'user','content':[{'type':'text','text':'Hi'}]}]
          gen_ai.input.messages   | Hi
          gen_ai.output.messages  | [{'role':'assistant','parts':[{'type':'reasoning','content':'x'},{'type':'tool_call','name':'t'}]}]
          gen_ai.tool.definitions | [{'type':'function','name':'t'}]
          """)
  void rules_spanWithoutFault_findNone(String attribute, String value) {
    assertThat(found(span("chat", 1, 2, false, Map.of(attribute, value.replace('\'', '"')))))
        .isEmpty();
  }

  @Test
  void rules_refusalPart_isUnseenAndTheAnswerEmpty() {
    String refusal =
        "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"refusal\",\"content\":\"no\"}]}]";
    assertThat(found(span("chat", 1, 2, false, Map.of(StoredSpan.OUTPUT, refusal))))
        .containsExactlyInAnyOrder(Kind.PART_UNSEEN, Kind.EMPTY_OUTPUT);
  }

  @Test
  void rules_evaluationRebuiltAsMessages_isShownRaw() {
    String rebuilt = "[{\"role\":\"user\",\"parts\":[]}]";
    assertThat(found(span("evaluate", 1, 2, false, Map.of(StoredSpan.INPUT, rebuilt))))
        .containsExactly(Kind.EVALUATION);
  }

  @Test
  void rules_cachedTokensBesideTheInput_doNotAddUp() {
    Map<String, Object> tokens =
        Map.of(
            StoredSpan.USAGE + "input_tokens", 9L,
            StoredSpan.USAGE + "output_tokens", 9L,
            StoredSpan.USAGE + "cache_read.input_tokens", 99L);
    assertThat(found(span("chat", 1, 2, false, tokens))).containsExactly(Kind.TOKENS);
  }

  @Test
  void rules_negativeCostAndHugeText_areFound() {
    Map<String, Object> attributes =
        Map.of("gen_ai.cost.total_tokens", -0.1, "gen_ai.system_instructions", "x".repeat(1 << 20));
    assertThat(found(span("chat", 1, 2, false, attributes)))
        .containsExactly(Kind.COST, Kind.TOO_LARGE);
  }

  @Test
  void rules_failedToolWithoutNameAndResult_isFoundTwice() {
    StoredSpan tool =
        StoredSpan.of("1", "", 1, 2, true, Map.of("sentry.op", "gen_ai.execute_tool"));
    assertThat(found(tool)).containsExactly(Kind.NAMELESS, Kind.SILENT_TOOL);
  }

  @Test
  void rules_toolThatEndsWithItsCall_isInNoTurn() {
    Map<String, Object> name = Map.of("gen_ai.tool.name", "t");
    StoredSpan call = span("chat", 1_000_000, 9_000_000, false, Map.of());
    assertThat(found(call, span("execute_tool", 9_000_000, 9_000_000, false, name)))
        .containsExactly(Kind.TOOL_UNSEEN);
    assertThat(found(call, span("execute_tool", 9_000_000, 10_000_000, false, name))).isEmpty();
    assertThat(found(call, span("execute_tool", 2_000_000, 8_000_000, false, name))).isEmpty();
  }

  @Test
  void rules_failedAttemptWithTheConversationsId_countsAsAnError() {
    Map<String, Object> id = Map.of(StoredSpan.CONVERSATION, "c", "sentry.op", "http.client");
    assertThat(found(StoredSpan.of("1", "attempt", 1, 2, true, id)))
        .containsExactly(Kind.ERROR_COUNT);
    assertThat(found(StoredSpan.of("1", "attempt", 1, 2, false, id))).isEmpty();
  }

  private static StoredSpan span(
      String operation, long start, long end, boolean failed, Map<String, ?> more) {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put(StoredSpan.OPERATION, operation);
    attributes.put("gen_ai.request.model", "m");
    attributes.put(StoredSpan.CONVERSATION, "c");
    attributes.put(StoredSpan.SYSTEM, "[{\"type\":\"text\",\"content\":\"Be brief\"}]");
    attributes.putAll(more);
    return StoredSpan.of("1", operation, start, end, failed, attributes);
  }

  private static Set<Kind> found(StoredSpan... spans) {
    return ViewRules.faults(Objects.requireNonNull(Arrays.asList(spans))).stream()
        .map(ViewFault::kind)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
