package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.PrivacyMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Request and response in one object, and the {@code data} envelope of OpenRouter's API. */
class FlatDialectTest {

  private static final String DATA =
      "'data':{'id':'g','model':'a/b','tokens_prompt':1,'prompt':'q','user':'inner'}";

  @Test
  void decode_fieldsBesideTheEnvelope_count() {
    Generation generation =
        valid(
            DATA
                + ",'privacy':'metadata_only','destination':['eu'],'user':'outer',"
                + "'session_id':'s','trace':{'trace_name':'t'}");
    assertThat(generation.id()).isEqualTo("g");
    assertThat(generation.routing().privacyMode()).isEqualTo(PrivacyMode.ON);
    assertThat(generation.routing().destinations()).containsExactly("eu");
    assertThat(generation.caller().user()).isEqualTo("outer");
    assertThat(generation.caller().sessionId()).isEqualTo("s");
    assertThat(generation.trace().traceName()).isEqualTo("t");
  }

  @Test
  void decode_fieldsOfTheEnvelope_standInWhereTheTopHasNone() {
    Generation generation = valid(DATA + ",'privacy':null,'destination':null,'user':null");
    assertThat(generation.routing().privacyMode()).isEqualTo(PrivacyMode.OFF);
    assertThat(generation.routing().destinations()).isEmpty();
    assertThat(generation.caller().user()).isEqualTo("inner");
    assertThat(generation.usage().inputTokens()).isEqualTo(1);
  }

  @Test
  void decode_messagesBesideTheEnvelope_areOneRecordWithIt() {
    Generation generation =
        valid(
            "'data':{'id':'g','model':'a/b','tokens_prompt':1},"
                + "'messages':[{'role':'user','content':'q'}]");
    assertThat(generation.model().requested()).isEqualTo("a/b");
    assertThat(Decoding.revealed(generation.exchange().inputMessages())).hasSize(1);
  }

  @Test
  void decode_envelope_isNoOutputOfItsOwn() {
    assertThat(valid(DATA).apiType()).isEqualTo(ApiType.COMPLETION);
    assertThat(Decoding.reason("{\"data\":{\"model\":\"m\",\"prompt\":\"q\"}}"))
        .isEqualTo("malformed: data: expected a time, a usage, an output or an error");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'tokens_prompt':'x' | 'api_type':'x' | data.tokens_prompt | api_type",
        "'provider_responses':['x'] | 'privacy':'x' | data.provider_responses[0] | privacy",
        "'trace':'x' | 'api_type':{} | data.trace | api_type",
      })
  void decode_droppedFields_haveTheirOwnPaths(
      String inner, String outer, String innerPath, String outerPath) {
    Generation generation =
        valid("'data':{'model':'a/b','created_at':1795176000," + inner + "}," + outer);
    assertThat(generation.corrections().droppedFields())
        .containsExactlyInAnyOrder(innerPath, outerPath);
  }

  private static Generation valid(String fields) {
    return Decoding.valid("{" + fields.replace('\'', '"') + "}");
  }
}
