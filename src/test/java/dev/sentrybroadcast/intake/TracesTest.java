package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.Trace;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reserved keys of {@code trace}, and the rest as metadata. */
class TracesTest {

  @Test
  void decode_traceOfTheGuide_keepsTypesAndFlattens() {
    Trace trace =
        Decoding.valid(Samples.read("fixtures/openrouter/chat-trace-metadata.json")).trace();
    assertThat(trace.traceId()).isEqualTo("incident_0042");
    assertThat(trace.spanName()).isEqualTo("Analyse");
    assertThat(trace.parentSpanId()).isEqualTo("b7ad6b7169203331");
    assertThat(trace.environment()).isEqualTo("production");
    assertThat(trace.release()).isEqualTo("v2.1.0");
    assertThat(trace.metadata())
        .isEqualTo(
            Map.of(
                "environment", new Scalar.Text("production"),
                "release", new Scalar.Text("v2.1.0"),
                "attempt", new Scalar.Whole(2),
                "urgent", new Scalar.Flag(true),
                "tags", new Scalar.Text("[\"a\",\"b\"]"),
                "nested.team.name", new Scalar.Text("search")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1.5 | Decimal[value=1.5]",
        "2.0 | Whole[value=2]",
        "-7 | Whole[value=-7]",
        "1234567890123456789 | Whole[value=1234567890123456789]",
        "-9223372036854775808 | Whole[value=-9223372036854775808]",
        "9223372036854775808 | Decimal[value=9.223372036854776E18]",
        "false | Flag[value=false]",
        "\"x\" | Text[value=x]",
        "\"\" | Text[value=]",
        "[] | Text[value=[]]",
        "[1,{\"a\":null}] | Text[value=[1,{\"a\":null}]]",
        "null | none",
        "NaN | none",
      })
  void decode_metadataValue_keepsItsType(String value, String scalar) {
    Trace trace =
        Decoding.valid(Decoding.record("\"trace\":{\"k\":" + value + "}", "", "")).trace();
    assertThat(String.valueOf(trace.metadata().getOrDefault("k", new Scalar.Text("none"))))
        .isIn(scalar, "none".equals(scalar) ? "Text[value=none]" : scalar);
  }

  @Test
  void decode_metadataDeeperThanThree_isJsonText() {
    Trace trace =
        Decoding.valid(
                Decoding.record("\"trace\":{\"a\":{\"b\":{\"c\":{\"d\":1},\"e\":2}}}", "", ""))
            .trace();
    assertThat(trace.metadata())
        .isEqualTo(Map.of("a.b.c", new Scalar.Text("{\"d\":1}"), "a.b.e", new Scalar.Whole(2)));
  }

  @Test
  void decode_muchMetadata_isBounded() {
    StringBuilder keys = new StringBuilder("\"long\":\"" + "\uD83D\uDE00".repeat(3_000) + "\"");
    keys.append(",\"").append("k".repeat(300)).append("\":1");
    for (int i = 0; i < 100; i++) {
      keys.append(",\"k").append(i).append("\":").append(i);
    }
    Generation generation = Decoding.valid(Decoding.record("\"trace\":{" + keys + "}", "", ""));
    Map<String, Scalar> metadata = generation.trace().metadata();
    assertThat(metadata).hasSize(64).containsKey("k".repeat(200)).doesNotContainKey("k62");
    assertThat(metadata).containsEntry("long", new Scalar.Text("\uD83D\uDE00".repeat(2_048)));
    assertThat(generation.corrections().droppedFields()).containsExactly("trace.metadata");
  }

  @Test
  void cut_insideASurrogatePair_leavesNoHalf() {
    assertThat(Limits.cut("ab\uD83D\uDE00", 3)).isEqualTo("ab");
    assertThat(Limits.cut("ab\uD83D\uDE00", 4)).isEqualTo("ab\uD83D\uDE00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "span-7",
        "b7ad6b716920333",
        "b7ad6b71692033312",
        "0000000000000000",
        "b7ad6b716920333g"
      })
  void decode_parentThatIsNoSpanId_isKeptVerbatimAndCounted(String parent) {
    Generation generation =
        Decoding.valid(
            Decoding.record("\"trace\":{\"parent_span_id\":\"" + parent + "\"}", "", ""));
    assertThat(generation.trace().parentSpanId()).isEqualTo(parent);
    assertThat(generation.corrections().kinds())
        .containsExactly(Corrections.Kind.PARENT_SPAN_ID_INVALID);
  }

  @Test
  void decode_parentInCapitals_isASpanId() {
    assertThat(
            Decoding.valid(
                    Decoding.record("\"trace\":{\"parent_span_id\":\"B7AD6B7169203331\"}", "", ""))
                .corrections())
        .isEqualTo(Corrections.NONE);
  }

  @Test
  void decode_traceAtTheTop_winsKeyByKey() {
    Generation generation =
        Decoding.valid(
            Decoding.record(
                "\"trace\":{\"trace_name\":\"top\",\"span_name\":null},\"user\":\"top\"",
                "\"trace\":{\"trace_name\":\"request\",\"span_name\":\"request\",\"k\":1},"
                    + "\"user\":\"request\",\"session_id\":\"request\"",
                ""));
    assertThat(generation.trace().traceName()).isEqualTo("top");
    assertThat(generation.trace().spanName()).isEqualTo("request");
    assertThat(generation.trace().metadata()).isEqualTo(Map.of("k", new Scalar.Whole(1)));
    assertThat(generation.caller().user()).isEqualTo("top");
    assertThat(generation.caller().sessionId()).isEqualTo("request");
  }

  @Test
  void decode_traceOfWrongType_isDropped() {
    Generation generation =
        Decoding.valid(Decoding.record("\"trace\":\"abc\"", "\"trace\":[1]", ""));
    assertThat(generation.trace()).isEqualTo(Trace.NONE);
    assertThat(generation.corrections().droppedFields())
        .containsExactlyInAnyOrder("trace", "request.trace");
  }

  @Test
  void decode_dataInMetadata_isLeftOut() {
    Generation generation =
        Decoding.valid(Decoding.record("\"trace\":{\"k\":\"data:image/png;base64,AAAA\"}", "", ""));
    assertThat(generation.trace().metadata())
        .containsEntry("k", new Scalar.Text("[left out: image, image/png, 3 bytes]"));
  }
}
