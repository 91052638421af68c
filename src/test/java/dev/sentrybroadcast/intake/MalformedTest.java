package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Generation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no record, and the words for it. */
class MalformedTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                        | malformed: $: expected a JSON object, or an array of objects",
        "`   `                     | malformed: $: expected a JSON object, or an array of objects",
        "null                      | malformed: $: expected a JSON object, or an array of objects",
        "\"text\"                  | malformed: $: expected a JSON object, or an array of objects",
        "17                        | malformed: $: expected a JSON object, or an array of objects",
        "hello                     | malformed: $: expected JSON (broken at line 1, column 1)",
        "{\"request\":             | malformed: $: expected JSON (broken at line 1, column 12)",
        "`{\"a\":\n \"ä\" x}`        | malformed: $: expected JSON (broken at line 2, column 6)",
        "{} {}                     | malformed: $: expected JSON (broken at line 1, column 5)",
        "{\"a\":1}}                | malformed: $: expected JSON (broken at line 1, column 8)",
        "[]                        | malformed: $: expected an array of 1 to 1000 records",
        "{\"schema\":\"generation/v2\",\"request\":{\"model\":\"m\"}} | malformed: schema: expected \"generation/v1\"",
        "{\"schema\":1}            | malformed: schema: expected \"generation/v1\"",
        "{\"request\":{}}          | malformed: request.model: expected the name of a model",
        "{\"request\":{\"model\":[]}} | malformed: request.model: expected the name of a model",
        "{\"messages\":[]}         | malformed: model: expected the name of a model",
        "{\"data\":{\"input\":{}}} | malformed: data.model: expected the name of a model",
        "{\"request\":{\"model\":\"m\"}} | malformed: $: expected a time, a usage, an output or an error",
        "{\"model\":\"m\",\"messages\":[]} | malformed: $: expected a time, a usage, an output or an error",
        "{\"model\":\"m\",\"started_at\":\"yesterday\"} | malformed: $: expected a time, a usage, an output or an error",
      })
  void decode_noRecord_saysWhereAndWhatWasExpected(String body, String reason) {
    assertThat(Decoding.reason(body)).isEqualTo(reason);
  }

  @Test
  void decode_unknownDialect_namesTheKnownOnes() {
    assertThat(Decoding.reason("{\"hello\":\"world\"}"))
        .isEqualTo(
            "malformed: $: expected a record of a known dialect: \"schema\", a \"request\" object, or a"
                + " \"model\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"started_at\":1795176000",
        "\"ended_at\":\"2026-11-20T12:00:00Z\"",
        "\"usage\":{\"prompt_tokens\":0}",
        "\"cost\":0.1",
        "\"error\":{\"code\":500}",
        "\"error\":\"no\"",
        "\"response\":{\"choices\":[]}",
        "\"response\":{\"content\":[]}",
        "\"response\":{\"output\":[]}",
        "\"response\":{\"error\":{\"code\":500}}",
        "\"response\":{\"usage\":{\"input_tokens\":1}}",
      })
  void decode_modelAndOneOfTimeUsageOutputError_isAGeneration(String field) {
    assertThat(Decoding.one("{\"request\":{\"model\":\"m\"}," + field + "}"))
        .isInstanceOf(Decoded.Valid.class);
  }

  @Test
  void decode_modelOnlyInResponse_isAGeneration() {
    Generation generation =
        Decoding.valid("{\"request\":{},\"response\":{\"model\":\"m\",\"choices\":[]}}");
    assertThat(generation.model().requested()).isNull();
    assertThat(generation.model().responded()).isEqualTo("m");
  }

  @Test
  void decode_array_neighboursOfAMalformedRecordGoOn() {
    String good = "{\"request\":{\"model\":\"m\"},\"ended_at\":1795176000}";
    List<Decoded> decoded =
        Decoding.decode("[" + good + ",{\"request\":{}},7," + good + ",{\"schema\":\"x\"}]");
    assertThat(decoded).hasSize(5);
    assertThat(decoded.get(0)).isInstanceOf(Decoded.Valid.class);
    assertThat(decoded.get(1))
        .isEqualTo(new Decoded.Malformed("[1].request.model", "the name of a model"));
    assertThat(decoded.get(2)).isEqualTo(new Decoded.Malformed("[2]", "a JSON object"));
    assertThat(decoded.get(3)).isInstanceOf(Decoded.Valid.class);
    assertThat(decoded.get(4)).isEqualTo(new Decoded.Malformed("[4].schema", "\"generation/v1\""));
  }

  @Test
  void decode_arrayWithoutIds_idsDiffer() {
    String record = "{\"request\":{\"model\":\"m\"},\"ended_at\":1795176000}";
    assertThat(Decoding.decode("[" + record + "," + record + "]"))
        .map(decoded -> ((Decoded.Valid) decoded).record().id())
        .containsExactly(Decoding.MESSAGE_ID + ":0", Decoding.MESSAGE_ID + ":1");
  }

  @Test
  void decode_arrayOfTooMany_isMalformedAsAWhole() {
    String records = "{},".repeat(1_000) + "{}";
    assertThat(Decoding.reason("[" + records + "]"))
        .isEqualTo("malformed: $: expected an array of 1 to 1000 records");
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "\"\"", "\" \"", "{}", "[1]", "[\"a\",null]", "true"})
  void decode_destinationOfNoName_isMalformedAndNeverTheDefault(String destination) {
    assertThat(Decoding.reason(Decoding.record("\"destination\":" + destination, "", "")))
        .isEqualTo("malformed: destination: expected the name of a destination, or an array of names");
  }
}
