package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Generation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer's whole body as the record's {@code error}: the error stands one level deeper. */
class NestedErrorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // a body that was put into the record's error | type | status | words
        "{'error':{'message':'boom','type':'server_error'}} | server_error |  | boom",
        "{'error':{'message':'boom','code':502},'user_id':'u'} | 502 | 502 | boom",
        "{'status':429,'error':{'message':'boom'}} | 429 | 429 | boom",
        "{'code':503,'message':'boom','availability':{'code':'no_capacity'}} | no_capacity | 503 | boom",
        "{'type':'error','error':{'type':'overloaded_error','message':'boom'}} | overloaded_error |  | boom",
        "{'error':'boom'} | _OTHER |  | boom",
        "{'message':'said','error':{'message':'boom','type':'x'}} | _OTHER |  | said",
        "{'type':'own','message':null,'error':{'message':'boom'}} | own |  | ",
      })
  void decode_bodyInError_isUnwrapped(
      String error, String type, @Nullable Integer status, @Nullable String words) {
    Failure failure = failure(Decoding.record("\"error\":" + error.replace('\'', '"'), "", ""));
    assertThat(failure.type()).isEqualTo(type);
    assertThat(failure.httpStatus()).isEqualTo(status);
    assertThat(failure.message() == null ? null : Decoding.revealed(failure.message()))
        .isEqualTo(words);
  }

  @Test
  void decode_bodyInError_itsPreviousErrorsAreAttempts() {
    Generation nested =
        Decoding.valid(
            Decoding.record(
                "\"error\":{\"error\":{\"metadata\":{\"previous_errors\":[{\"code\":429}]}}}",
                "",
                ""));
    assertThat(nested.attempts()).hasSize(1);
  }

  private static Failure failure(String body) {
    return Objects.requireNonNull(Decoding.valid(body).outcome().failure());
  }
}
