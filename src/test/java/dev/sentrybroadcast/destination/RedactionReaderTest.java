package dev.sentrybroadcast.destination;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Redaction;
import dev.sentrybroadcast.generation.Redaction.Kind;
import dev.sentrybroadcast.sentry.AllowedHosts;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionReaderTest {

  private static final String KEY = "\"pseudonym_key\": \"MDEyMzQ1Njc4OWFiY2RlZg==\"";

  private static Reading read(String redaction) {
    return Reading.of(
        """
        {"endpoint": "https://o123.ingest.us.sentry.io/api/456/integration/otlp/v1/traces",
         "dsn": "https://c0ffee00@o123.ingest.us.sentry.io/456", "privacy_mode": false %s}
        """
            .formatted(redaction),
        AllowedHosts.parse("*.sentry.io"));
  }

  private static Redaction valid(String value) {
    Reading reading = read(", \"redaction\": " + value);
    assertThat(reading).isInstanceOf(Reading.Valid.class);
    return ((Reading.Valid) reading).destination().redaction();
  }

  @Test
  void read_absent_isNone() {
    assertThat(((Reading.Valid) read("")).destination().redaction()).isEqualTo(Redaction.NONE);
    assertThat(valid("null")).isEqualTo(Redaction.NONE);
    assertThat(valid("false")).isEqualTo(Redaction.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"true", "{}", "{\"kinds\": null, \"patterns\": null, \"pseudonym_key\": null}"})
  void read_withoutKinds_isAll(String value) {
    assertThat(valid(value)).isEqualTo(Redaction.ALL);
  }

  @Test
  void read_array_isOfKinds() {
    assertThat(valid("[\"card\"]").kinds()).containsExactly(Kind.CARD);
  }

  @Test
  void read_everyField_isTaken() {
    Redaction redaction =
        valid(
            "{\"kinds\": [\"email\", \"ip\"], \"patterns\": {\"order\": \"ORD-[0-9]{8}\"}, "
                + KEY
                + "}");

    assertThat(redaction.kinds()).containsExactlyInAnyOrder(Kind.EMAIL, Kind.IP);
    assertThat(redaction.patterns()).isEqualTo(Map.of("order", "ORD-[0-9]{8}"));
    assertThat(redaction.pseudonymKey()).isNotNull();
    // Equal settings share what is mapped by them.
    assertThat(valid("{" + KEY + "}"))
        .isEqualTo(valid("{" + KEY + "}"))
        .isNotEqualTo(Redaction.ALL);
    assertThat(valid("{" + KEY + "}").toString()).doesNotContain("MDEy", "0123456789abcdef");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"s3cret\" | redaction | an object with kinds, patterns, pseudonym_key",
        "7777 | redaction | an object with kinds, patterns, pseudonym_key",
        "[\"s3cret\"] | redaction | an array of some of email, phone",
        "{\"kind\": [\"email\"]} | redaction | kinds",
        "{\"kinds\": \"email\"} | redaction.kinds | an array of some of email, phone",
        "{\"kinds\": []} | redaction.kinds | an array of some of email, phone",
        "{\"kinds\": [\"s3cret\"]} | redaction.kinds | an array of some of email, phone",
        "{\"kinds\": [\"email\", 7777]} | redaction.kinds[1] | a string",
        "{\"kinds\": [\"email\", \"email\"]} | redaction.kinds | each once",
        "{\"patterns\": [\"s3cret\"]} | redaction.patterns | an object of at most 32 RE2",
        "{\"patterns\": {\"S3cret\": \"a\"}} | redaction.patterns | 1 to 32 of a-z",
        "{\"patterns\": {\"email\": \"a\"}} | redaction.patterns | no kind's",
        "{\"patterns\": {\"a\": \"a\", \"a\": \"b\"}} | redaction.patterns.a | only once",
        "{\"patterns\": {\"a\": \"(s3cret\"}} | redaction.patterns.a | an RE2 expression",
        "{\"patterns\": {\"a\": \"(?=s3cret)\"}} | redaction.patterns.a | an RE2 expression",
        "{\"patterns\": {\"a\": \"(?:s3cret)*\"}} | redaction.patterns.a | does not match an empty text",
        "{\"patterns\": {\"a\": 7777}} | redaction.patterns.a | a string",
        "{\"pseudonym_key\": \"s3cret==\"} | redaction.pseudonym_key | base64 of at least 16",
        "{\"pseudonym_key\": \"c2hvcnQ=\"} | redaction.pseudonym_key | base64 of at least 16",
        "{\"pseudonym_key\": 7777} | redaction.pseudonym_key | a string",
      })
  void read_wrongValue_namesFieldAndWhatIsExpected(String value, String field, String expected) {
    Reading reading = read(", \"redaction\": " + value);

    assertThat(reading).isInstanceOf(Reading.Invalid.class);
    Reading.Invalid invalid = (Reading.Invalid) reading;
    assertThat(invalid.field()).isEqualTo(field);
    assertThat(invalid.expected()).contains(expected).doesNotContain("s3cret", "7777", "c2hvcnQ");
  }

  @Test
  void read_twice_isRefused() {
    assertThat(read(", \"redaction\": true, \"redaction\": null"))
        .isInstanceOf(Reading.Invalid.class);
  }
}
