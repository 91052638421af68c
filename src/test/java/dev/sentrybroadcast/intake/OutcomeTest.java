package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How generations end. */
class OutcomeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // record's error | type | status
        "{'type':'overloaded_error','code':529} | overloaded_error | 529",
        "{'code':'rate_limit_exceeded','status':'429'} | rate_limit_exceeded | 429",
        "{'type':'tokens','code':'rate_limit_exceeded'} | rate_limit_exceeded | ",
        "{'code':429,'metadata':{'error_type':'rate_limit_exceeded'}} | rate_limit_exceeded | 429",
        "{'code':429,'status':'RESOURCE_EXHAUSTED'} | RESOURCE_EXHAUSTED | 429",
        "{'code':'429'} | 429 | 429",
        "{'status':503} | 503 | 503",
        "{'type':'Please do not say what I wrote'} | _OTHER | ",
        "{'type':'x-66666666666666666666666666666666666666666666666666666666666666666'} | _OTHER | ",
        "{'type':'1_starts_with_digit','code':1000} | _OTHER | ",
        "{'message':'only words'} | _OTHER | ",
        "'only words' | _OTHER | ",
        "true | _OTHER | ",
      })
  void decode_error_typeIsANameNeverASentence(String error, String type, @Nullable Integer status) {
    Failure failure = failure(Decoding.record("\"error\":" + error.replace('\'', '"'), "", ""));
    assertThat(failure.type()).isEqualTo(type);
    assertThat(failure.httpStatus()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "\"\"", "false"})
  void decode_noError_isNoFailure(String error) {
    assertThat(Decoding.valid(Decoding.record("\"error\":" + error, "", "")).outcome().failure())
        .isNull();
  }

  @Test
  void decode_errorOfNullsOnly_isNoFailureAnywhere() {
    String error = "\"error\":{\"type\":null,\"code\":null,\"message\":null}";
    Generation generation =
        Decoding.valid(
            Decoding.record(
                error
                    + ",\"attempts\":[{\"provider\":\"a\","
                    + error
                    + "}],\"tool_executions\":[{\"name\":\"t\","
                    + error
                    + "}]",
                "",
                error + ",\"choices\":[{" + error + "}]"));
    assertThat(generation.outcome().failure()).isNull();
    assertThat(generation.attempts().getFirst().failure()).isNull();
    assertThat(generation.toolExecutions().getFirst().failure()).isNull();
    assertThat(Decoding.reason("{\"request\":{\"model\":\"m\"}," + error + "}"))
        .isEqualTo("malformed: $: expected a time, a usage, an output or an error");
  }

  static Stream<Arguments> fixtures() {
    return Stream.of(
        Arguments.of("shapes/openai-chat-error-429", "rate_limit_exceeded", 429),
        Arguments.of("shapes/openai-chat-content-filter-error", "content_filter", 400),
        Arguments.of("shapes/openai-responses-failed", "server_error", null),
        Arguments.of("shapes/anthropic-error-overloaded", "overloaded_error", 529),
        Arguments.of("openrouter/error-in-choice", "provider_unavailable", 502),
        Arguments.of("openrouter/error-provider", "capacity_exhausted", 429),
        Arguments.of("openrouter/error-moderation", "403", 403),
        Arguments.of("openrouter/error-guardrail", "403", 403),
        Arguments.of("openrouter/error-messages-overloaded", "overloaded_error", 529),
        Arguments.of("openrouter/error-responses-failed", "server_error", null));
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void decode_recordedFailure_hasTypeAndStatus(
      String fixture, String type, @Nullable Integer status) {
    Failure failure = failure(Samples.read("fixtures/" + fixture + ".json"));
    assertThat(failure.type()).isEqualTo(type);
    assertThat(failure.httpStatus()).isEqualTo(status);
  }

  @Test
  void decode_errorWithRaw_bothAreWords() {
    Failure failure =
        failure(Decoding.record("\"error\":{\"message\":\"said\",\"raw\":{\"a\":1}}", "", ""));
    assertThat(Decoding.revealed(failure.message())).isEqualTo("said\n{\"a\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "http_status", "status_code"})
  void decode_errorInWordsBesideAStatus_hasTheStatusAsItsType(String field) {
    Failure failure =
        failure(Decoding.record("\"error\":\"slow down\",\"" + field + "\":429", "", ""));
    assertThat(failure.type()).isEqualTo("429");
    assertThat(failure.httpStatus()).isEqualTo(429);
  }

  @Test
  void decode_midStreamError_keepsOutputAndFailure() {
    Generation generation =
        Decoding.valid(
            Decoding.record(
                "\"error\":{\"code\":\"server_error\"}",
                "",
                "\"choices\":[{\"finish_reason\":\"error\",\"message\":{\"content\":\"Once\"}}]"));
    assertThat(generation.outcome().finishReasons()).containsExactly("error");
    assertThat(failure(generation).type()).isEqualTo("server_error");
    assertThat(Decoding.revealed(generation.exchange().outputMessages())).hasSize(1);
  }

  @Test
  void decode_previousErrors_areFailedAttempts() {
    Generation generation = Decoding.valid(Samples.read("fixtures/openrouter/error-provider.json"));
    assertThat(generation.attempts())
        .containsExactly(
            new Attempt("azure", null, 429, null, new Failure("capacity_exhausted", 429, null)));
  }

  @Test
  void decode_attemptsGiven_previousErrorsAreNotAddedToThem() {
    Generation generation =
        Decoding.valid(
            Decoding.record(
                "\"attempts\":[{\"provider\":\"a\",\"status\":\"200\"}],"
                    + "\"error\":{\"previous_errors\":[{\"code\":1}]}",
                "",
                ""));
    assertThat(generation.attempts()).containsExactly(new Attempt("a", null, 200, null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // attempt | status | type of its failure
        "'status':200,'error':'stream broke' | 200 | _OTHER",
        "'status':200,'error':{'message':'stream broke'} | 200 | _OTHER",
        "'status':200,'error':true | 200 | _OTHER",
        "'error':{'status':200,'message':'stream broke'} |  | _OTHER",
        "'status':503,'error':'no' | 503 | 503",
        "'status_code':503 | 503 | 503",
        "'http_status':'429' | 429 | 429",
        "'status':null,'status_code':200 | 200 | ",
        "'error':{'status_code':529} |  | 529",
      })
  void decode_attempt_failsByItsErrorOrAFailingStatus(
      String attempt, @Nullable Integer status, @Nullable String type) {
    Attempt read =
        Decoding.valid(
                Decoding.record("\"attempts\":[{" + attempt.replace('\'', '"') + "}]", "", ""))
            .attempts()
            .getFirst();
    assertThat(read.httpStatus()).isEqualTo(status);
    assertThat(read.failure() == null ? null : read.failure().type()).isEqualTo(type);
  }

  @Test
  void decode_attemptsInOpenRoutersMetadata_areRead() {
    Generation generation =
        Decoding.valid(Samples.read("fixtures/openrouter/chat-cache-web-search.json"));
    assertThat(generation.attempts())
        .extracting(attempt -> attempt.provider() + "/" + attempt.httpStatus())
        .containsExactly("Amazon Bedrock/529", "Anthropic/200");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'choices':[{'finish_reason':'stop'},{'finish_reason':null},{'finish_reason':'length'}] | stop,length",
        "'stop_reason':'end_turn' | end_turn",
        "'status':'completed' | completed",
        "'status':'incomplete','incomplete_details':{'reason':'max_output_tokens'} | max_output_tokens",
        "'status':'incomplete' | incomplete",
        "'status':'in_progress' | ",
        "'status':200 | ",
      })
  void decode_finishReasons_areTheProducersWords(String response, @Nullable String reasons) {
    Outcome outcome =
        Decoding.valid(Decoding.record("", "", response.replace('\'', '"'))).outcome();
    assertThat(outcome.finishReasons())
        .isEqualTo(reasons == null ? List.of() : List.of(reasons.split(",")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"cancelled\":true", "\"cancelled\":\"true\""})
  void decode_cancelled_hasNoFinishReason(String cancelled) {
    Outcome outcome =
        Decoding.valid(Decoding.record(cancelled, "", "\"choices\":[{\"finish_reason\":\"stop\"}]"))
            .outcome();
    assertThat(outcome.cancelled()).isTrue();
    assertThat(outcome.finishReasons()).isEmpty();
  }

  @Test
  void decode_cancelledResponse_isCancelled() {
    assertThat(Decoding.valid(Decoding.record("", "", "\"status\":\"cancelled\"")).outcome())
        .isEqualTo(new Outcome(null, List.of(), null, null, true, null));
  }

  @Test
  void decode_finishReasonThatIsASentence_isDropped() {
    Generation generation =
        Decoding.valid(
            Decoding.record(
                "",
                "\"seed\":\"a b\",\"reasoning_effort\":\"very much\"",
                "\"choices\":[{\"finish_reason\":\"it was said\",\"native_finish_reason\":\"é\"}]"));
    assertThat(generation.outcome().finishReasons()).isEmpty();
    assertThat(generation.corrections().droppedFields())
        .containsExactlyInAnyOrder(
            "response.choices[0].finish_reason",
            "response.choices[0].native_finish_reason",
            "request.seed",
            "request.reasoning_effort");
  }

  @Test
  void decode_nativeFinishReasonAndStream_areRead() {
    Outcome outcome =
        Decoding.valid(
                Decoding.record(
                    "",
                    "\"stream\":true",
                    "\"id\":\"r\",\"choices\":[{\"finish_reason\":\"tool_calls\","
                        + "\"native_finish_reason\":\"STOP\"}]"))
            .outcome();
    assertThat(outcome)
        .isEqualTo(new Outcome("r", List.of("tool_calls"), "STOP", true, false, null));
  }

  private static Failure failure(String body) {
    return failure(Decoding.valid(body));
  }

  private static Failure failure(Generation generation) {
    return Objects.requireNonNull(generation.outcome().failure());
  }
}
