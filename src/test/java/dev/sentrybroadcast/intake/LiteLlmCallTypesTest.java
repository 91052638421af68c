package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which calls of LiteLLM become a span: those that cost something, fail or answer. */
class LiteLlmCallTypesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "_arealtime | 'response_cost':0.1,'status':'success' | CHAT",
        "arerank | 'status':'success' | RERANK",
        "asearch | 'status':'success','response':{'object':'search','results':[{'title':'t'}]} | OTHER",
        "avector_store_search | 'status':'failure' | OTHER",
        "amoderation | 'status':'success' | OTHER",
        "aresponses | 'status':'failure' | RESPONSES",
        "aimage_edit | 'status':'success' | IMAGE",
        "acreate_file | 'status':'success','response':{'id':'f'} | ignored",
        "acreate_file | 'status':'success','response_cost':0.1 | OTHER",
        "afile_list | 'status':'failure' | ignored",
        "acreate_batch | 'status':'success','response':{'id':'b','status':'validating'} | ignored",
        "aretrieve_batch | 'status':'success','response':{'id':'b','status':'in_progress'} | ignored",
        "a_new_call | 'status':'success' | ignored",
        "a_new_call | 'status':'success','response':{'answer':'a'} | OTHER",
        "a_new_call | 'status':'failure' | OTHER",
      })
  void call_type_decidesWithWhatCameOfIt(String callType, String fields, String expected) {
    switch (Decoding.one(record(callType, fields))) {
      case Decoded.Ignored _ -> assertThat(expected).isEqualTo("ignored");
      case Decoded.Valid(Generation generation) ->
          assertThat(generation.apiType()).isEqualTo(ApiType.valueOf(expected));
      case Decoded other -> throw new AssertionError(other);
    }
  }

  @Test
  void batch_everyPoll_isTheSameSpan() {
    String batch =
        "'response_cost':0.1,'status':'success','trace_id':'%s','litellm_call_id':'%s','response':"
            + "{'id':'batch_1','object':'batch','status':'completed','created_at':1795170000,"
            + "'completed_at':1795173600,'usage':{'prompt_tokens':10,'completion_tokens':2}}";
    Generation one = Decoding.valid(record("aretrieve_batch", batch.formatted("t1", "c1")));
    Generation other = Decoding.valid(record("aretrieve_batch", batch.formatted("t2", "c2")));
    assertThat(one.id()).isEqualTo(other.id()).isEqualTo("batch_1");
    assertThat(one.timing()).isEqualTo(other.timing());
    assertThat(one.trace()).isEqualTo(other.trace());
    assertThat(one.outcome().finishReasons()).isEmpty();
  }

  @Test
  void promptManagement_idIsThePromptsName_itsVariablesAreNotSent() {
    Generation generation =
        Decoding.valid(
            record(
                "acompletion",
                "'status':'success','response_cost':0.1,'metadata':{'prompt_management_metadata':"
                    + "{'prompt_id':'triage','prompt_variables':{'name':'secret'}}}"));
    assertThat(generation.parameters().promptName()).isEqualTo("triage");
    assertThat(generation.trace().metadata())
        .hasToString("{litellm.call_type=Text[value=acompletion]}");
  }

  @Test
  void realtime_events_areOneAnswer() {
    Generation generation =
        Decoding.valid(
            record(
                "_arealtime",
                "'status':'success','response':{'usage':{'input_tokens':4,'output_tokens':3},"
                    + "'results':[{'type':'session.created'},{'type':'response.done','response':"
                    + "{'output':[{'type':'message','content':[{'type':'audio','transcript':'a'}]}]"
                    + "}}]}"));
    assertThat(generation.usage().inputTokens()).isEqualTo(4);
    assertThat(Decoding.revealed(generation.exchange().outputMessages()))
        .containsExactly(new Message("assistant", null, List.of(new Part.Text("a")), null));
  }

  private static String record(String callType, String fields) {
    return ("{'id':'i','model':'m','startTime':1795176000,'endTime':1795176001,'call_type':'"
            + callType
            + "',"
            + fields
            + "}")
        .replace('\'', '"');
  }
}
