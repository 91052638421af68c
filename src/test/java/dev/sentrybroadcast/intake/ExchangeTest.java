package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.generation.PrivacyMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where content stands in a record; the texts here are synthetic. */
class ExchangeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'request':{'model':'m','input':'q'},'response':{'instructions':'i','output':[]}",
        "'request':{'model':'m','input':'q','instructions':'i'},'response':{'instructions':'j'}",
        "'model':'m','input':'q','instructions':'i','output':[]",
      })
  void decode_instructions_areTheRequestsElseTheResponses(String fields) {
    assertThat(Decoding.revealed(exchange(fields).systemInstructions()))
        .containsExactly(new Part.Text("i"));
  }

  /** A record that is mapped again, with less content or in another mode, is read again. */
  @Test
  void reveal_asOftenAsAsked_isTheSame() {
    Exchange exchange =
        exchange(
            "'request':{'model':'m','messages':[{'role':'system','content':'s'},"
                + "{'role':'user','content':'q'}]},"
                + "'response':{'choices':[{'message':{'content':'a'},'finish_reason':'stop'}]}");
    for (int i = 0; i < 3; i++) {
      assertThat(Decoding.revealed(exchange.systemInstructions()))
          .containsExactly(new Part.Text("s"));
      assertThat(Decoding.revealed(exchange.inputMessages()))
          .containsExactly(new Message("user", null, List.of(new Part.Text("q")), null));
      assertThat(Decoding.revealed(exchange.inputMessages()))
          .containsExactly(new Message("user", null, List.of(new Part.Text("q")), null));
      assertThat(Decoding.revealed(exchange.outputMessages()))
          .containsExactly(new Message("assistant", null, List.of(new Part.Text("a")), "stop"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'messages':[{'role':'user','content':'hi'}] | hi",
        "'messages':[{'role':'user','content':42}] | 42",
        "'messages':[{'role':'user','content':true}] | true",
        "'messages':[{'role':'user','parts':[{'type':'text','content':'hi'}]}] | hi",
        "'messages':[{'role':'user','content':'','parts':[{'text':'hi'}]}] | hi",
        "'messages':[{'role':'user','text':'hi'}] | hi",
        "'messages':{'role':'user','content':'hi'} | hi",
        "'messages':{'parts':[{'type':'text','content':'hi'}]} | hi",
        "'messages':[],'input':'hi' | hi",
        "'messages':[ ],'input':[{'role':'user','content':'hi'}] | hi",
        "'messages':null,'input':[],'prompt':'hi' | hi",
        "'messages':{},'input':'','prompt':['hi'] | hi",
        "'messages':{'messages':[]},'query':'hi' | hi",
        "'input':{'role':'user','content':'hi'} | hi",
        "'input':[{'role':'user','parts':[{'type':'text','content':'hi'}]}] | hi",
        "'input':[{'text':'hi'}] | hi",
      })
  void decode_whatWasAsked_isFoundInEveryShape(String request, String text) {
    for (String fields :
        List.of("'request':{'model':'m'," + request + "}", "'model':'m'," + request)) {
      Generation generation = generation(fields);
      assertThat(Decoding.revealed(generation.exchange().inputMessages()))
          .containsExactly(new Message("user", null, List.of(new Part.Text(text)), null));
      assertThat(generation.corrections().droppedFields()).isEmpty();
    }
  }

  @Test
  void decode_toolResultInParts_isOne() {
    assertThat(
            Decoding.revealed(
                generation(
                        "'model':'m','messages':[{'role':'tool','parts':[{'type':"
                            + "'tool_call_response','id':'1','response':'r'}]}]")
                    .exchange()
                    .inputMessages()))
        .containsExactly(
            new Message(
                "tool",
                null,
                List.of(new Part.ToolResult("1", null, new JsonText("\"r\""))),
                null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'response':'hi' | hi",
        "'response':'hi','choices':[] | hi",
        "'response':{'response':'hi'} | hi",
        "'choices':[{'message':{'content':42}}] | 42",
        "'choices':[{'message':{'parts':[{'type':'text','content':'hi'}]}}] | hi",
        "'output':42 | 42",
        "'output':{'role':'assistant','content':'hi'} | hi",
        "'output':[],'output_text':'hi' | hi",
        "'content':42 | 42",
        "'message':{'role':'assistant','content':'hi'},'done':true | hi",
      })
  void decode_whatWasAnswered_isFoundInEveryShape(String answer, String text) {
    Generation generation = generation("'model':'m','prompt':'q'," + answer);
    assertThat(Decoding.revealed(generation.exchange().outputMessages()))
        .containsExactly(new Message("assistant", null, List.of(new Part.Text(text)), null));
    assertThat(generation.corrections().droppedFields()).isEmpty();
  }

  @Test
  void decode_answerOfNoKnownShape_isShownAsItIs() {
    assertThat(
            Decoding.revealed(
                generation("'model':'m','output':{'a':1}").exchange().outputMessages()))
        .containsExactly(new Message("assistant", null, List.of(new Part.Text("{\"a\":1}")), null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'messages':7 | messages",
        "'response':7 | response",
      })
  void decode_whatCannotBeRead_isCounted(String field, String path) {
    assertThat(generation("'model':'m'," + field).corrections().droppedFields())
        .containsExactly(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'messages':{'a':1}", "'prompt':{'a':1}"})
  void decode_objectThatIsNoMessage_isATextAndCounted(String field) {
    Generation generation = generation("'model':'m'," + field);
    assertThat(Decoding.revealed(generation.exchange().inputMessages()))
        .containsExactly(new Message("user", null, List.of(new Part.Text("{\"a\":1}")), null));
    assertThat(generation.corrections().kinds()).containsExactly(Corrections.Kind.BODY_UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'messages':{'role':'user','content':'q'},'response':'a'",
        "'messages':'q','response':['a']",
        "'messages':[{'role':'user','content':'q'}],'response':[{'role':'assistant','content':'a'}]",
        "'messages':[{'role':'user','content':'q'}],'response':[{'text':'a'}],'model_parameters':{}",
      })
  void decode_contentOfLiteLlm_isFoundInEveryShape(String fields) {
    Generation generation = liteLlm(fields);
    assertThat(Decoding.revealed(generation.exchange().inputMessages()))
        .containsExactly(new Message("user", null, List.of(new Part.Text("q")), null));
    assertThat(Decoding.revealed(generation.exchange().outputMessages()))
        .containsExactly(new Message("assistant", null, List.of(new Part.Text("a")), null));
    assertThat(generation.corrections().droppedFields()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "'model_parameters':{'temperature':1},"})
  void decode_contentOfLiteLlmThatCannotBeRead_isCounted(String parameters) {
    assertThat(liteLlm(parameters + "'messages':7,'response':7").corrections().droppedFields())
        .containsExactlyInAnyOrder("messages", "response");
    assertThat(
            liteLlm(parameters + "'call_type':'responses','messages':{'a':1}")
                .corrections()
                .kinds())
        .containsExactly(Corrections.Kind.BODY_UNKNOWN);
  }

  @Test
  void decode_redactedMessageOfLiteLlmAsAnObject_isOfMetadataOnly() {
    assertThat(
            liteLlm("'messages':{'role':'user','content':'redacted-by-litellm'}")
                .routing()
                .privacyMode())
        .isEqualTo(PrivacyMode.ON);
  }

  private static Exchange exchange(String fields) {
    return generation(fields).exchange();
  }

  private static Generation generation(String fields) {
    return Decoding.valid(("{'ended_at':1795176000," + fields + "}").replace('\'', '"'));
  }

  private static Generation liteLlm(String fields) {
    return Decoding.valid(
        ("{'litellm_call_id':'l','model':'m','startTime':1795176000,'endTime':1795176001,"
                + fields
                + "}")
            .replace('\'', '"'));
  }
}
