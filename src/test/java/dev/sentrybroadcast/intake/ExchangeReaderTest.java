package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Part;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where content stands in a record; the texts here are synthetic. */
class ExchangeReaderTest {

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

  private static Exchange exchange(String fields) {
    return Decoding.valid(
            "{'ended_at':1795176000,".replace('\'', '"') + fields.replace('\'', '"') + "}")
        .exchange();
  }
}
