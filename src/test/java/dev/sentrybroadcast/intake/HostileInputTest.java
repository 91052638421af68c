package dev.sentrybroadcast.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.generation.Scalar;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits, each at its edge. */
class HostileInputTest {

  @ParameterizedTest
  @ValueSource(ints = {501, 1_000, 100_000})
  void decode_nestedTooDeep_isMalformed(int depth) {
    String nested = "[".repeat(depth) + "]".repeat(depth);
    String reason =
        "malformed: $: expected JSON nested at most 500 deep with keys of at most 50000 characters";
    assertThat(Decoding.reason(nested)).isEqualTo(reason);
    assertThat(Decoding.reason(Decoding.record("", "\"messages\":" + nested, "")))
        .isEqualTo(reason);
  }

  @Test
  void decode_nestedAsDeepAsAllowed_isRead() {
    String nested = "{\"a\":".repeat(496) + "1" + "}".repeat(496);
    Generation generation =
        Decoding.valid(Decoding.record("\"trace\":" + nested, "\"tools\":[" + nested + "]", ""));
    assertThat(Decoding.revealed(generation.exchange().toolDefinitions()).json())
        .isEqualTo("[" + nested + "]");
    assertThat(generation.trace().metadata()).containsOnlyKeys("a.a.a");
  }

  @Test
  void decode_argumentsNestedTooDeep_stayText() {
    String nested = "[".repeat(2_000) + "]".repeat(2_000);
    Generation generation =
        Decoding.valid(
            Decoding.record(
                "\"tool_executions\":[{\"name\":\"t\",\"arguments\":\"" + nested + "\"}]", "", ""));
    assertThat(Decoding.revealed(generation.toolExecutions().getFirst().arguments()).json())
        .isEqualTo("\"" + nested + "\"");
  }

  @Test
  void decode_longString_isKeptWhole() {
    String text = "x y".repeat(350_000);
    Generation generation =
        Decoding.valid(
            Decoding.record(
                "", "\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]", ""));
    assertThat(text(generation).length()).isEqualTo(text.length());
  }

  @Test
  void decode_longNames_areCut() {
    String text = "x".repeat(1_000_000);
    Generation generation =
        Decoding.valid(Decoding.record("\"user\":\"" + text + "\"", "\"model\":\"m\"", ""));
    assertThat(generation.caller().user()).hasSize(1_024);
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 1_000, 500_000})
  void decode_numberOfAbsurdLength_isDropped(int digits) {
    String number = "9".repeat(digits);
    Generation generation =
        Decoding.valid(
            Decoding.record(
                "\"usage\":{\"prompt_tokens\":"
                    + number
                    + ",\"completion_tokens\":2},\"cost\":"
                    + number
                    + ",\"trace\":{\"n\":"
                    + number
                    + "}",
                "\"tools\":[" + number + "]",
                ""));
    assertThat(generation.usage().inputTokens()).isNull();
    assertThat(generation.usage().outputTokens()).isEqualTo(2);
    assertThat(generation.cost().total()).isNull();
    assertThat(generation.trace().metadata()).isEmpty();
    assertThat(generation.corrections().droppedFields())
        .containsExactly("usage.prompt_tokens", "cost");
    assertThat(Decoding.revealed(generation.exchange().toolDefinitions()).json())
        .isEqualTo("[null]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "-1e999999999", "1e400", "NaN", "Infinity", "-Infinity"})
  void decode_numberThatIsNone_isDropped(String number) {
    Generation generation =
        Decoding.valid(
            Decoding.record(
                "\"cost\":"
                    + number
                    + ",\"started_at\":"
                    + number
                    + ",\"usage\":{\"prompt_tokens\":"
                    + number
                    + "}",
                "",
                ""));
    assertThat(generation.cost().total()).isNull();
    assertThat(generation.usage().inputTokens()).isNull();
    assertThat(generation.corrections().droppedFields())
        .contains("cost", "started_at", "usage.prompt_tokens");
  }

  @Test
  void decode_loneSurrogatesAndNul_areReplaced() {
    Generation generation =
        Decoding.valid(
            Decoding.record(
                "\"trace\":{\"k\\u0000\":\"a\\udc00b\\u0000c\"},\"user\":\"\\ud83d\\ude00\"",
                "\"messages\":[{\"role\":\"user\",\"content\":\"a\\ud800 \\ud83d\\ude00\"}]",
                ""));
    assertThat(generation.caller().user()).isEqualTo("\uD83D\uDE00");
    assertThat(generation.trace().metadata())
        .containsEntry("k\uFFFD", new Scalar.Text("a\uFFFDb\uFFFDc"));
    assertThat(text(generation)).isEqualTo("a\uFFFD \uD83D\uDE00");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "\\u00e9\\u6771,\u00e9\u6771",
        "\\ud83d\\ude00x,\uD83D\uDE00x",
        "\\ud83dx,\uFFFDx",
        "\\ude00\\ud83d,\uFFFD\uFFFD",
        "\\ud83d\\u0041,\uFFFDA",
        "\\/\\\\u0041\\\"\\bx,/\\u0041\"\bx",
      })
  void decode_escapes_areRead(String escaped, String text) {
    Generation generation =
        Decoding.valid(Decoding.record("", "\"messages\":[{\"content\":\"" + escaped + "\"}]", ""));
    assertThat(text(generation)).isEqualTo(text);
  }

  @Test
  void toString_ofAMessageAndItsRecord_doesNotShowContent() {
    String body =
        Decoding.record(
            "\"error\":{\"type\":\"a b CANARY\",\"message\":\"CANARY\",\"raw\":\"CANARY\"},"
                + "\"attempts\":[{\"provider\":\"p\",\"error\":{\"message\":\"CANARY\"}}],"
                + "\"tool_executions\":[{\"name\":\"t\",\"description\":\"CANARY\","
                + "\"arguments\":{\"a\":\"CANARY\"},\"result\":\"CANARY\",\"error\":\"CANARY\"}]",
            "\"messages\":[{\"content\":\"CANARY\"}],\"tools\":[{\"x\":\"CANARY\"}],"
                + "\"system\":\"CANARY\",\"instructions\":\"CANARY\",\"prompt\":\"CANARY\"",
            "\"choices\":[{\"message\":{\"content\":\"CANARY\"}}],\"output\":[\"CANARY\"]");
    assertThat(Decoding.valid(body).toString().contains("CANARY")).isFalse();
    assertThat(new QueuedMessage("1", body, 0, null, null).toString().contains("CANARY")).isFalse();
  }

  @Test
  void decode_loneSurrogateInAKey_isNoJson() {
    assertThat(Decoding.reason(Decoding.record("\"k\\ud800\":1", "", "")))
        .startsWith("malformed: $: expected JSON (broken at line ");
  }

  @Test
  void decode_rawLoneSurrogate_isReplaced() {
    Generation generation = Decoding.valid(Decoding.record("\"user\":\"a\uD800b\"", "", ""));
    assertThat(generation.caller().user()).isEqualTo("a?b");
  }

  @Test
  void decode_rawNul_isNoJson() {
    assertThat(Decoding.reason(Decoding.record("\"user\":\"a\u0000b\"", "", "")))
        .startsWith("malformed: $: expected JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void decode_bodyInAnotherEncoding_isMalformed(String encoding) {
    byte[] bytes = Decoding.record("", "", "").getBytes(Charset.forName(encoding));
    assertThat(Decoding.reason(new String(bytes, ISO_8859_1)))
        .isEqualTo("malformed: $: expected UTF-8 JSON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u0000", "\u0000\u0000", "{\u0000", "{\u0000\u0000\u0000", "\u0000{\u0000\""})
  void decode_bodyThatBeginsWithNul_isMalformed(String body) {
    assertThat(Decoding.reason(body)).isEqualTo("malformed: $: expected UTF-8 JSON");
  }

  @Test
  void decode_longIds_areNotCut() {
    String id = "x".repeat(1_024) + "a";
    Generation generation =
        Decoding.valid(
            Decoding.record(
                    "\"session_id\":\"" + id + "\",\"trace\":{\"trace_id\":\"" + id + "\"}", "", "")
                .replace("gen-1", id));
    assertThat(generation.id()).isEqualTo(id);
    assertThat(generation.caller().sessionId()).isEqualTo(id);
    assertThat(generation.trace().traceId()).isEqualTo(id);
  }

  @Test
  void decode_longIdsOfLiteLlm_areNotCut() {
    String id = "x".repeat(1_024);
    Generation generation =
        Decoding.valid(
            """
            {"litellm_call_id":"%sa","trace_id":"%sb","session_id":"%sc","model":"m",
             "startTime":1795176000,"endTime":1795176001}
            """
                .formatted(id, id, id));
    assertThat(generation.id()).isEqualTo(id + "a");
    assertThat(generation.trace().traceId()).isEqualTo(id + "b");
    assertThat(generation.caller().sessionId()).isEqualTo(id + "c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"session.id", "gen_ai.conversation.id"})
  void decode_longSessionIdOfASpan_isNotCut(String attribute) {
    String id = "x".repeat(1_024) + "a";
    String export =
        """
        {"resourceSpans":[{"scopeSpans":[{"spans":[
          {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"chat m",
           "attributes":[{"key":"%s","value":{"stringValue":"%s"}}]}]}]}]}
        """
            .formatted(attribute, id);
    assertThat(((Decoded.Valid) Decoding.one(export)).record().caller().sessionId()).isEqualTo(id);
  }

  @Test
  void decode_byteOrderMark_isPassed() {
    assertThat(Decoding.one("\uFEFF" + Decoding.record("", "", "")))
        .isInstanceOf(Decoded.Valid.class);
  }

  @Test
  void decode_duplicateKeys_theLastCounts() {
    Generation generation =
        Decoding.valid(
            Decoding.record(
                "\"user\":\"a\",\"user\":\"b\"",
                "\"messages\":7,\"messages\":[{\"content\":\"x\"}],\"messages\":[{\"content\":\"y\"}]",
                ""));
    assertThat(generation.caller().user()).isEqualTo("b");
    assertThat(text(generation)).isEqualTo("y");
    assertThat(generation.corrections().droppedFields()).isEmpty();
  }

  @Test
  void decode_keyOfAbsurdLength_isMalformed() {
    assertThat(Decoding.reason("{\"" + "k".repeat(50_001) + "\":1}")).startsWith("malformed: $");
  }

  @Test
  void decode_manyMessages_allRead() {
    String messages = "{\"content\":\"x\"},".repeat(50_000) + "{}";
    Generation generation =
        Decoding.valid(Decoding.record("", "\"messages\":[" + messages + "]", ""));
    assertThat(Decoding.revealed(generation.exchange().inputMessages())).hasSize(50_001);
  }

  @Test
  void decode_manySteps_allRead() {
    Generation generation =
        Decoding.valid(
            Decoding.record(
                "\"attempts\":["
                    + "{},".repeat(5_000)
                    + "{}],\"tool_executions\":["
                    + "{\"name\":\"t\"},".repeat(5_000)
                    + "{\"name\":\"t\"}]",
                "",
                ""));
    assertThat(generation.attempts()).hasSize(5_001);
    assertThat(generation.toolExecutions()).hasSize(5_001);
    assertThat(generation.corrections().droppedFields()).isEmpty();
  }

  @Test
  void decode_manyWrongTypes_droppedFieldsAreBounded() {
    Generation generation =
        Decoding.valid(Decoding.record("\"attempts\":[" + "7,".repeat(5_000) + "7]", "", ""));
    assertThat(generation.corrections().droppedFields()).hasSize(32);
  }

  private static String text(Generation generation) {
    Part part =
        Decoding.revealed(generation.exchange().inputMessages()).getFirst().parts().getFirst();
    return ((Part.Text) part).text();
  }
}
