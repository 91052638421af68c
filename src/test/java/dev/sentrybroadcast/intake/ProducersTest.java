package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.Cost;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.RecordedTrace;
import dev.sentrybroadcast.generation.Scalar;
import dev.sentrybroadcast.generation.TelemetryRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What decides how the messages of LiteLLM and of OpenTelemetry are read. */
class ProducersTest {

  private static final String RECORDED = "fixtures/litellm-recorded/";

  @Test
  void liteLlm_cacheHit_costsNothingWhateverItsBreakdownSays() {
    assertThat(generation("cache-hit-1").cost().total()).isPositive();
    assertThat(generation("cache-hit-2").cost())
        .isEqualTo(new Cost(0.0, null, null, null, null, null));
  }

  @Test
  void liteLlm_failure_zerosAreUnknown() {
    Generation failed = generation("failure");
    assertThat(failed.cost()).isEqualTo(Cost.NONE);
    assertThat(failed.usage().inputTokens()).isNull();
    assertThat(generation("anthropic-messages").cost()).isEqualTo(Cost.NONE);
  }

  @Test
  void liteLlm_firstToken_onlyWhereItWasStreamed() {
    assertThat(generation("success").timing().firstTokenEpochNanos()).isNull();
    Generation streamed = generation("streaming");
    assertThat(streamed.timing().firstTokenEpochNanos())
        .isGreaterThan(streamed.timing().startEpochNanos());
  }

  @Test
  void liteLlm_redacted_isOfMetadataOnly() {
    for (String name : List.of("redacted", "redacted-failure")) {
      Generation redacted = generation(name);
      assertThat(redacted.routing().privacyMode()).isEqualTo(PrivacyMode.ON);
      assertThat(redacted.exchange().inputMessages() == null).isTrue();
      assertThat(redacted.exchange().outputMessages() == null).isTrue();
    }
  }

  @Test
  void liteLlm_fallback_twoRecordsOneTrace() {
    Generation one = generation("fallback-1");
    Generation other = generation("fallback-2");
    assertThat(one.trace().traceId()).isEqualTo(other.trace().traceId());
    assertThat(one.id()).isNotEqualTo(other.id());
  }

  @Test
  void liteLlm_sessionInTheTraceId_isASessionAlone() {
    Generation generation = generation("proxy-session");
    assertThat(generation.caller().sessionId()).isEqualTo("session_abc");
    assertThat(generation.trace().traceId()).isNull();
  }

  @Test
  void liteLlm_callThatGeneratesNothing_isIgnored() {
    String record =
        """
        {"id":"f","call_type":"afile_list","model":"","status":"success",
         "startTime":1795176000,"endTime":1795176001}\
        """;
    assertThat(Decoding.one(record)).isInstanceOf(Decoded.Ignored.class);
    assertThat(Decoding.one(Samples.read(RECORDED + "health-check.json")))
        .isInstanceOf(Decoded.Ignored.class);
  }

  @Test
  void liteLlm_timesWithoutOffset_areUtc() {
    assertThat(
            Decoding.valid(Samples.read("fixtures/litellm/gcs-pub-sub-success.json"))
                .timing()
                .startEpochNanos())
        .isEqualTo(1_737_710_446_847_371_000L);
  }

  @Test
  void array_ofEveryDialect_oneResultForEach() {
    String flat = "{\"model\":\"m\",\"messages\":[],\"usage\":{\"prompt_tokens\":1}}";
    String canonical = "{\"request\":{\"model\":\"m\"},\"ended_at\":1795176000}";
    String litellm = Samples.read(RECORDED + "success.json");
    String otlp = Samples.read("fixtures/otel-recorded/indexed-names.json");
    List<Decoded> decoded =
        Decoding.decode("[" + flat + "," + litellm + "," + otlp + "," + canonical + "]");
    assertThat(decoded).hasSize(5).allMatch(Decoded.Valid.class::isInstance);
  }

  @Test
  void otlp_idsInBase64_areTheSame() {
    RecordedTrace trace =
        trace(span("\"W477MgOBHTIElHiQ9r4sQg==\"", "\"7vO0ASJwAyI=\"", "\"name\":\"x\""));
    assertThat(trace.traceId()).isEqualTo("5b8efb3203811d3204947890f6be2c42");
    assertThat(trace.spans().getFirst().spanId()).isEqualTo("eef3b40122700322");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0000000000000000", "AAAAAAAAAAA="})
  void otlp_parentOfZeros_isARoot(String parent) {
    RecordedTrace trace =
        trace(
            span(
                "\"5b8efff798038103d269b633813fc60c\"",
                "\"eee19b7ec3c1b174\"",
                "\"parentSpanId\":\"" + parent + "\""));
    assertThat(trace.spans().getFirst().parentSpanId()).isNull();
  }

  @Test
  void otlp_badIds_nameTheirPathAndTheOthersGoOn() {
    String good =
        "{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"eee19b7ec3c1b174\"}";
    String bad =
        "{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"0000000000000000\"}";
    List<Decoded> decoded = Decoding.decode(request(bad + "," + good));
    assertThat(decoded.getFirst())
        .isEqualTo(
            new Decoded.Malformed(
                "resourceSpans[0].scopeSpans[0].spans[0].spanId",
                "16 hex digits, or base64 of 8 bytes, not all zero"));
    assertThat(decoded.get(1)).isInstanceOf(Decoded.Valid.class);
  }

  @Test
  void otlp_spanIdTwice_theLaterIsKeptAndItIsCounted() {
    String one =
        "{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"eee19b7ec3c1b174\",";
    RecordedTrace trace =
        trace(request(one + "\"name\":\"first\"}," + one + "\"name\":\"second\"}"));
    assertThat(trace.spans()).hasSize(1);
    Content<String> name = Objects.requireNonNull(trace.spans().getFirst().name().given());
    assertThat(Decoding.revealed(name)).isEqualTo("second");
    assertThat(trace.corrections().kinds()).containsExactly(Corrections.Kind.DUPLICATE_SPAN_ID);
  }

  @Test
  void otlp_numbersInEveryForm_areNumbers() {
    RecordedTrace trace =
        trace(
            span(
                "\"5b8efff798038103d269b633813fc60c\"",
                "\"eee19b7ec3c1b174\"",
                """
                "startTimeUnixNano":1795176000000000001,"endTimeUnixNano":"1795176000000000009",
                "attributes":[{"key":"a","value":{"intValue":"7"}},
                              {"key":"b","value":{"intValue":7}},
                              {"key":"c","value":{"doubleValue":"0.5"}},
                              {"key":"d","value":{"boolValue":true}},
                              {"key":"e","value":{"stringValue":"content"}}]\
                """));
    Map<String, Content<Scalar>> content = trace.spans().getFirst().content();
    assertThat(content.keySet()).containsExactly("a", "b", "c", "d", "e");
    assertThat(content.values().stream().map(Decoding::revealed))
        .containsExactly(
            new Scalar.Whole(7),
            new Scalar.Whole(7),
            new Scalar.Decimal(0.5),
            new Scalar.Flag(true),
            new Scalar.Text("content"));
    assertThat(trace.spans().getFirst().timing().startEpochNanos())
        .isEqualTo(1_795_176_000_000_000_001L);
  }

  @Test
  void otlp_tooManySpans_isMalformed() {
    StringBuilder spans = new StringBuilder();
    for (int i = 1; i <= Limits.SPANS + 1; i++) {
      spans
          .append(i == 1 ? "" : ",")
          .append("{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"")
          .append(String.format("%016x", i))
          .append("\"}");
    }
    assertThat(Decoding.reason(request(spans.toString())))
        .isEqualTo("malformed: resourceSpans[0].scopeSpans[0].spans: expected at most 2000 spans");
  }

  @Test
  void otlp_tooManyAttributes_isMalformed() {
    String attributes = "{\"key\":\"a\",\"value\":{\"intValue\":1}},".repeat(512);
    assertThat(
            Decoding.reason(
                span(
                    "\"5b8efff798038103d269b633813fc60c\"",
                    "\"eee19b7ec3c1b174\"",
                    "\"attributes\":[" + attributes + "{}]")))
        .isEqualTo(
            "malformed: resourceSpans[0].scopeSpans[0].spans[0].attributes:"
                + " expected at most 512 attributes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"resourceSpans":7}                                   | resourceSpans: expected an array
          {"resourceSpans":[7]}                                 | resourceSpans[0]: expected an object
          {"resourceSpans":[{"scopeSpans":{}}]}                 | resourceSpans[0].scopeSpans: expected an array
          {"resourceSpans":[{"scopeSpans":[{"spans":"none"}]}]} | resourceSpans[0].scopeSpans[0].spans: expected an array
          {"resourceSpans":[{"scopeSpans":[{"spans":[[]]}]}]}   | resourceSpans[0].scopeSpans[0].spans[0]: expected an object
          """)
  void otlp_wrongTypesOnTheWayToSpans_areMalformed(String body, String reason) {
    assertThat(Decoding.reason(body)).isEqualTo("malformed: " + reason);
  }

  @Test
  void otlp_valueNestedTooDeep_isMalformed() {
    String value = "{\"arrayValue\":{\"values\":[".repeat(100) + "]}}".repeat(100);
    assertThat(
            Decoding.reason(
                span(
                    "\"5b8efff798038103d269b633813fc60c\"",
                    "\"eee19b7ec3c1b174\"",
                    "\"attributes\":[{\"key\":\"a\",\"value\":" + value + "}]")))
        .isEqualTo(
            "malformed: resourceSpans[0].scopeSpans[0].spans[0].attributes[0].value:"
                + " expected values nested at most 32 deep");
  }

  private static Generation generation(String name) {
    return Decoding.valid(Samples.read(RECORDED + name + ".json"));
  }

  private static RecordedTrace trace(String body) {
    List<RecordedTrace> traces = new ArrayList<>();
    for (Decoded decoded : Decoding.decode(body)) {
      if (decoded instanceof Decoded.Valid(TelemetryRecord record)
          && record instanceof RecordedTrace trace) {
        traces.add(trace);
      }
    }
    assertThat(traces).hasSize(1);
    return traces.getFirst();
  }

  private static String span(String traceId, String spanId, String more) {
    return request("{\"traceId\":" + traceId + ",\"spanId\":" + spanId + "," + more + "}");
  }

  private static String request(String spans) {
    return "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" + spans + "]}]}]}";
  }
}
