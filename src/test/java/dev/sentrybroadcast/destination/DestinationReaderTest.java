package dev.sentrybroadcast.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Redaction;
import dev.sentrybroadcast.sentry.AllowedHosts;
import dev.sentrybroadcast.sentry.Dsn;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DestinationReaderTest {

  private static final String ENDPOINT =
      "https://o123.ingest.us.sentry.io/api/456/integration/otlp/v1/traces";
  private static final String DSN = "https://c0ffee00@o123.ingest.us.sentry.io/456";
  private static final String NEEDED = "\"endpoint\":\"" + ENDPOINT + "\",\"dsn\":\"" + DSN + "\"";

  private static Reading read(String json) {
    AllowedHosts hosts = AllowedHosts.parse("*.sentry.io,http://localhost:9000");
    return Reading.of(json, hosts);
  }

  private static Destination valid(String json) {
    Reading reading = read(json);
    assertThat(reading).isInstanceOf(Reading.Valid.class);
    return ((Reading.Valid) reading).destination();
  }

  private static String invalid(@Nullable String field, String json) {
    Reading reading = read(json);
    assertThat(reading).isInstanceOf(Reading.Invalid.class);
    Reading.Invalid invalid = (Reading.Invalid) reading;
    assertThat(invalid.field()).isEqualTo(field);
    return invalid.expected();
  }

  @Test
  void read_endpointAndDsnAlone_hasTheDefaults() {
    assertThat(valid("{" + NEEDED + "}"))
        .isEqualTo(
            new Destination(
                "default",
                URI.create(ENDPOINT),
                new Dsn("https", "c0ffee00", "o123.ingest.us.sentry.io", null, "", "456"),
                PrivacyMode.ON,
                false,
                Redaction.NONE,
                RecordRules.ALL));
  }

  @Test
  void read_everyField_isTaken() {
    Destination destination =
        valid(
            """
            {"comment": {"deep": [1, {"dsn": 7}]}, %s, "privacy_mode": false, "issues": true,
             "sampling_rate": 0.25, "api_keys": ["a", "b", "a"], "enabled": false, "v": 2}
            """
                .formatted(NEEDED));

    assertThat(destination.privacyMode()).isEqualTo(PrivacyMode.OFF);
    assertThat(destination.issues()).isTrue();
    assertThat(destination.rules().samplingRate()).isEqualTo(0.25);
    assertThat(destination.rules().filter().rules())
        .extracting(Rule::field, Rule::text)
        .containsExactly(tuple("api_key_name", "a"), tuple("api_key_name", "b"));
    assertThat(destination.rules().enabled()).isFalse();
    assertThat(destination.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "0.0", "1.0", "1e0", "5E-1", "-0.0"})
  void read_samplingRateWithinItsRange_isTaken(String rate) {
    assertThat(valid("{" + NEEDED + ",\"sampling_rate\":" + rate + "}").rules().samplingRate())
        .isEqualTo(Double.parseDouble(rate));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "privacy_mode",
        "redaction",
        "issues",
        "sampling_rate",
        "api_keys",
        "filter",
        "keep",
        "producers",
        "enabled"
      })
  void read_nullInAnOptionalField_isItsDefault(String field) {
    assertThat(valid("{" + NEEDED + ",\"" + field + "\":null}"))
        .isEqualTo(valid("{" + NEEDED + "}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "privacy_mode  | \"s3cret\"     | true or false",
        "privacy_mode  | \"false\"      | true or false",
        "privacy_mode  | 0              | true or false",
        "issues        | \"s3cret\"     | true or false",
        "issues        | {\"s3cret\":1} | true or false",
        "enabled       | [\"s3cret\"]   | true or false",
        "sampling_rate | \"0.5\"        | a number from 0 to 1",
        "sampling_rate | 1.0000001      | a number from 0 to 1",
        "sampling_rate | -0.1           | a number from 0 to 1",
        "sampling_rate | 1e999999999    | a number from 0 to 1",
        "sampling_rate | 77777777777777777777777777777777 | a number from 0 to 1",
        "sampling_rate | true           | a number from 0 to 1",
        "api_keys      | \"s3cret\"     | null for all, or an array of at least one API key's name",
        "api_keys      | []             | null for all, or an array of at least one API key's name",
        "api_keys      | [\"a\", 7]     | null for all, or an array of at least one API key's name",
        "api_keys      | [\"a\", null]  | null for all, or an array of at least one API key's name",
        "api_keys      | [\"a\", \" \"] | null for all, or an array of at least one API key's name",
        "api_keys      | [[\"s3cret\"]] | null for all, or an array of at least one API key's name",
        "api_keys      | {\"s3cret\":1} | null for all, or an array of at least one API key's name",
        "endpoint      | 7777           | a string",
        "endpoint      | [\"s3cret\"]   | a string",
        "dsn           | {\"s3cret\":1} | a string",
        "dsn           | true           | a string",
      })
  void read_wrongTypeOrRange_namesFieldAndWhatIsExpected(
      String field, String value, String expected) {
    String others =
        switch (field) {
          case "endpoint" -> "\"dsn\":\"" + DSN + "\"";
          case "dsn" -> "\"endpoint\":\"" + ENDPOINT + "\"";
          default -> NEEDED;
        };

    String said = invalid(field, "{" + others + ",\"" + field + "\":" + value + "}");

    // Equal to a fixed text: nothing of the value can be in it.
    assertThat(said).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"endpoint", "dsn", "privacy_mode", "issues", "sampling_rate", "enabled"})
  void read_fieldGivenTwice_isRefused(String field) {
    String value =
        switch (field) {
          case "endpoint", "dsn" -> "\"s3cret\"";
          case "sampling_rate" -> "1";
          default -> "true";
        };
    String member = "\"" + field + "\":" + value;

    assertThat(invalid(field, "{" + member + "," + member + "}")).isEqualTo("it only once");
  }

  @Test
  void read_unknownFieldGivenTwice_isIgnored() {
    assertThat(valid("{\"x\":1,\"x\":2," + NEEDED + "}").name()).isEqualTo("default");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "{}", "{\"endpoint\":\"\",\"dsn\":\" \"}", "{\"dsn\":null}"})
  void read_emptyOrPlaceholder_saysThatNothingIsThereYet(String text) {
    assertThat(invalid(null, text))
        .isEqualTo(
            "a JSON object with \"endpoint\" and \"dsn\";"
                + " no destination has been put into the secret yet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c0ffee00",
        "https://c0ffee00@o123.ingest.us.sentry.io/456",
        "\"https://c0ffee00@o123.ingest.us.sentry.io/456\"",
        "[\"c0ffee00\"]",
        "null",
        "12345678",
        "{\"dsn\":\"c0ffee00\"",
        "{\"dsn\":\"c0ffee00",
        "{\"dsn\": c0ffee00}",
        "{c0ffee00: 1}",
        "{'dsn':'c0ffee00'}",
        "{\"sampling_rate\": NaN}",
        "{\"dsn\":\"c0ffee00\\q\"}",
        "{\"api_keys\":[\"c0ffee00\"",
        "{\"dsn\":\"c0ffee00\"} {\"c0ffee00\":1}",
        "{\"dsn\":\"c0ffee00\"}c0ffee00",
      })
  void read_notAJsonObject_saysWhereAndQuotesNothing(String text) {
    assertThat(invalid(null, text))
        .startsWith("a JSON object with \"endpoint\" and \"dsn\"")
        .doesNotContain("c0ffee", "123", "NaN");
  }

  @Test
  void read_brokenJson_saysLineAndColumn() {
    assertThat(invalid(null, "{\n  \"dsn\": c0ffee00\n}")).contains("breaks at line 2, column ");
  }

  @Test
  void read_nestedTooDeep_isRefusedNotACrash() {
    String deep = "{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "," + NEEDED + "}";

    assertThat(invalid(null, deep)).startsWith("a JSON object");
  }

  @Test
  void read_withoutDsn_saysWhatTheEndpointImplies() {
    assertThat(invalid("dsn", "{\"endpoint\":\"" + ENDPOINT + "\"}"))
        .isEqualTo(
            "the project's Sentry DSN; the endpoint implies"
                + " https://{public key}@o123.ingest.us.sentry.io/456");
  }

  @Test
  void read_withoutDsnAndWithUnusableEndpoint_impliesNothing() {
    assertThat(invalid("dsn", "{\"endpoint\":\"https://c0ffee00@o123.ingest.sentry.io/456\"}"))
        .isEqualTo("the project's Sentry DSN");
  }

  @Test
  void read_withoutEndpoint_saysWhatTheDsnImpliesWithoutItsKey() {
    assertThat(invalid("endpoint", "{\"dsn\":\"" + DSN + "\"}"))
        .isEqualTo("the OTLP traces endpoint; the dsn implies " + ENDPOINT);
    assertThat(invalid("endpoint", "{\"dsn\":\"" + DSN.replace("00@", "00:s3cret@") + "\"}"))
        .isEqualTo("the OTLP traces endpoint; the dsn implies " + ENDPOINT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c0ffee00",
        "https://o123.ingest.us.sentry.io/456",
        "https://c0ffee00@o123.ingest.us.sentry.io/c0ffee",
        "https://c0ffee00:s3cret@o123.ingest.us.sentry.io:99999/456",
        "https://***@o123.ingest.us.sentry.io/456",
      })
  void read_invalidDsn_isNamedWithoutItsText(String dsn) {
    assertThat(invalid("dsn", "{\"endpoint\":\"" + ENDPOINT + "\",\"dsn\":\"" + dsn + "\"}"))
        .startsWith("a Sentry DSN (")
        .doesNotContain("c0ffee", "s3cret", "o123", "456", "99999");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://c0ffee00.example/api/456/integration/otlp/v1/traces",
        "http://o123.ingest.us.sentry.io/api/456/integration/otlp/v1/traces",
        "https://169.254.169.254/v1/traces",
        "http://localhost:9001/api/1/integration/otlp/v1/traces",
        "https://o123.ingest.us.sentry.io/c0ffee00",
        "https://o123.ingest.us.sentry.io/v1/traces?sentry_key=c0ffee00",
        "https://c0ffee00@o123.ingest.us.sentry.io/v1/traces",
        "c0ffee00",
        "c0ffee 00",
      })
  void read_endpointThatMustNotBeSentTo_isRefusedWithoutItsText(String endpoint) {
    assertThat(invalid("endpoint", "{\"endpoint\":\"" + endpoint + "\",\"dsn\":\"" + DSN + "\"}"))
        .isNotBlank()
        .doesNotContain("c0ffee", "169.254", "localhost", "9001");
  }

  @Test
  void read_plainHttpOfAnAllowedHost_isTaken() {
    String endpoint = "http://localhost:9000/api/1/integration/otlp/v1/traces";

    assertThat(
            valid(
                    "{\"endpoint\":\""
                        + endpoint
                        + "\",\"dsn\":\"http://key@localhost:9000/1\",\"issues\":true}")
                .endpoint())
        .hasToString(endpoint);
  }

  @Test
  void read_dsnHostNotAllowed_mattersOnlyForIssues() {
    String needed =
        "\"endpoint\":\"" + ENDPOINT + "\",\"dsn\":\"https://c0ffee00@169.254.169.254/456\"";

    assertThat(valid("{" + needed + "}").warnings())
        .isEqualTo(
            List.of(
                "the endpoint's host is o123.ingest.us.sentry.io,"
                    + " the DSN's is 169.254.169.254"));
    assertThat(invalid("dsn", "{" + needed + ",\"issues\":true}"))
        .isEqualTo("a host listed in ALLOWED_ENDPOINT_HOSTS, because \"issues\" is true");
  }
}
