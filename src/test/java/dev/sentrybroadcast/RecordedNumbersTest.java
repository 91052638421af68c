package dev.sentrybroadcast;

import static dev.sentrybroadcast.RecordedTraces.attribute;
import static dev.sentrybroadcast.RecordedTraces.attributes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Numbers of recorded spans: whatever they are written as, what is sent has the type of its name.
 */
final class RecordedNumbersTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1234567890123456789",
        "1763640000123456789",
        "-1763640000123456789",
        "9223372036854775807",
        "-9223372036854775808"
      })
  void intValue_ofNineteenDigits_staysExact(String value) {
    assertThat(attributes(attribute("n", "{\"intValue\":\"" + value + "\"}")))
        .containsEntry("n", Long.valueOf(value));
    assertThat(attributes(attribute("n", "{\"intValue\":" + value + "}")))
        .containsEntry("n", Long.valueOf(value));
  }
}
