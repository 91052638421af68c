package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.RequestParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a record says about itself: identity, route, privacy, model, API, parameters. */
class RecordFieldsTest {

  @ParameterizedTest
  @CsvSource({
    "'\"id\":\"a\",\"response\":{\"id\":\"b\"}', a",
    "'\"id\":17', 17",
    "'\"id\":\" \",\"response\":{\"id\":\"b\"}', b",
    "'\"id\":null', " + Decoding.MESSAGE_ID,
    "'\"id\":[]', " + Decoding.MESSAGE_ID,
  })
  void decode_id_isTheRecordsElseTheResponsesElseTheMessages(String fields, String id) {
    assertThat(Decoding.valid("{\"request\":{\"model\":\"m\"},\"cost\":1," + fields + "}").id())
        .isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null |",
        "[] |",
        "'a' | a",
        "['a','b','a'] | a,b",
      })
  void decode_destination_isANameOrSeveral(String destination, @Nullable String names) {
    Generation generation =
        Decoding.valid(
            Decoding.record("\"destination\":" + destination.replace('\'', '"'), "", ""));
    assertThat(generation.routing().destinations())
        .isEqualTo(names == null ? List.of() : List.of(names.split(",")));
  }

  @ParameterizedTest
  @CsvSource({
    "null, OFF, false",
    "'\"metadata_only\"', ON, false",
    "'\"metadata-only\"', ON, true",
    "true, ON, true",
    "'{}', ON, true",
    "'\"full\"', ON, true",
  })
  void decode_privacy_anUnknownWordWithholds(String value, PrivacyMode mode, boolean dropped) {
    Generation generation = Decoding.valid(Decoding.record("\"privacy\":" + value, "", ""));
    assertThat(generation.routing().privacyMode()).isEqualTo(mode);
    assertThat(generation.corrections().droppedFields().contains("privacy")).isEqualTo(dropped);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"provider\":\"azure\"', '\"provider\":\"x\"', azure",
    "'', '\"provider\":\"x\"', x",
    "'', '', openai",
  })
  void decode_provider_fromRecordResponseOrModel(String top, String response, String provider) {
    Generation generation = Decoding.valid(Decoding.record(top, "", response));
    assertThat(generation.model().provider()).isEqualTo(provider);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'api_type':'rerank' | 'messages':[] | 'choices':[] | RERANK",
        "'api_type':'Chat' | 'input':'x' | 'output':[] | CHAT",
        "'api_type':'completions' | 'prompt':'x' | 'choices':[] | COMPLETION",
        "'api_type':'completions' | 'messages':[] | 'choices':[] | CHAT",
        "'api_type':'tts' | 'input':'x' | | SPEECH",
        "'x':1 | 'messages':[] | 'choices':[] | CHAT",
        "'x':1 | 'messages':[] | 'type':'message','content':[] | MESSAGES",
        "'x':1 | 'messages':[],'system':'s' | | MESSAGES",
        "'x':1 | 'input':'x' | 'object':'response','output':[] | RESPONSES",
        "'x':1 | 'input':'x' | 'object':'list','data':[] | EMBEDDINGS",
        "'x':1 | 'input':'x','dimensions':3 | | EMBEDDINGS",
        "'x':1 | 'messages':[],'input':'x' | 'output':[] | RESPONSES",
        "'x':1 | 'input':'x','voice':'alloy' | | SPEECH",
        "'x':1 | 'query':'x','documents':[] | 'results':[] | RERANK",
        "'x':1 | 'prompt':'x' | 'choices':[] | COMPLETION",
        "'x':1 | 'prompt':'x' | 'data':[] | IMAGE",
        "'x':1 | | | CHAT",
      })
  void decode_apiType_saidOrToldByShape(
      String top, @Nullable String request, @Nullable String response, ApiType type) {
    Generation generation =
        Decoding.valid(Decoding.record(quoted(top), quoted(request), quoted(response)));
    assertThat(generation.apiType()).isEqualTo(type);
    assertThat(generation.corrections().droppedFields()).isEmpty();
  }

  @Test
  void decode_unknownApiType_isDroppedAndToldByShape() {
    Generation generation =
        Decoding.valid(Decoding.record("\"api_type\":\"telepathy\"", "\"prompt\":\"x\"", ""));
    assertThat(generation.apiType()).isEqualTo(ApiType.COMPLETION);
    assertThat(generation.corrections().droppedFields()).containsExactly("api_type");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"trace\":{\"prompt_name\":\"triage v2\",\"prompt_version\":3}|\"n\":1",
        "\"n\":1|\"prompt\":{\"id\":\"triage v2\",\"version\":\"3\",\"variables\":{\"a\":\"b\"}},"
            + "\"input\":\"hello\""
      })
  void decode_promptNameAndVersion(String more, String request) {
    Generation generation = Decoding.valid(Decoding.record(more, request, ""));
    assertThat(generation.parameters().promptName()).isEqualTo("triage v2");
    assertThat(generation.parameters().promptVersion()).isEqualTo("3");
    assertThat(generation.trace().metadata()).isEmpty();
  }

  @Test
  void decode_parameters_inEverySpelling() {
    assertThat(
            Decoding.valid(
                    Decoding.record(
                        "",
                        "\"temperature\":\"0.5\",\"top_p\":1,\"top_k\":40,"
                            + "\"max_completion_tokens\":7,\"frequency_penalty\":-0.5,"
                            + "\"presence_penalty\":0.25,\"seed\":42,\"reasoning_effort\":\"low\"",
                        ""))
                .parameters())
        .isEqualTo(new RequestParameters(0.5, 1.0, 40L, 7L, -0.5, 0.25, "42", "low", null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'reasoning':{'effort':'high'} | high",
        "'reasoning_effort':'low' | low",
        "'output_config':{'effort':'max'} | max",
        "'reasoning':{'max_tokens':2000} | 2000",
        "'thinking':{'type':'enabled','budget_tokens':2048} | 2048",
        "'thinking':{'type':'adaptive'} | adaptive",
        "'thinking':{'type':'disabled'} | none",
        "'reasoning':'thoughts' |",
      })
  void decode_reasoningLevel_effortElseBudget(String request, @Nullable String level) {
    assertThat(
            Decoding.valid(Decoding.record("", quoted(request), "")).parameters().reasoningLevel())
        .isEqualTo(level);
  }

  @Test
  void decode_apiKey_isTakenByItsNameOnly() {
    assertThat(
            Decoding.valid(Decoding.record("\"api_key\":\"sk-secret\"", "", ""))
                .caller()
                .apiKeyName())
        .isNull();
    assertThat(
            Decoding.valid(Decoding.record("\"api_key\":{\"name\":\"shop\"}", "", ""))
                .caller()
                .apiKeyName())
        .isEqualTo("shop");
  }

  @Test
  void decode_anthropicUserId_isTheUser() {
    assertThat(
            Decoding.valid(Decoding.record("", "\"metadata\":{\"user_id\":\"u\"}", ""))
                .caller()
                .user())
        .isEqualTo("u");
  }

  @ParameterizedTest
  @ValueSource(strings = {"request", "response", "usage", "attempts", "tool_executions", "user"})
  void decode_wrongTypeOfAnOptionalField_dropsThatFieldOnly(String field) {
    Generation generation =
        Decoding.valid(
            "{\"schema\":\"generation/v1\",\"model\":\"m\",\"ended_at\":1795176000,\""
                + field
                + "\":true}");
    assertThat(generation.corrections().droppedFields()).containsExactly(field);
  }

  @Test
  void decode_toolWithoutAName_isKept() {
    Generation generation =
        Decoding.valid(
            Decoding.record("\"tool_executions\":[{\"name\":\"a\"},{\"error\":\"no\"}]", "", ""));
    assertThat(generation.toolExecutions())
        .extracting(tool -> tool.name())
        .containsExactly("a", "unknown");
    assertThat(generation.corrections().droppedFields()).containsExactly("tool_executions[1].name");
  }

  private static String quoted(@Nullable String json) {
    return json == null ? "" : json.replace('\'', '"');
  }
}
