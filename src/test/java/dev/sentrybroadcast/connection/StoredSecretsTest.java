package dev.sentrybroadcast.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that people wrote: each call reads them as the queue function does. */
final class StoredSecretsTest extends SaveScene {

  private HttpReply testSaved() {
    return call(
        vault, "POST", "/connection-test", "{\"destination\": \"default\"}", new Worlds().world());
  }

  private HttpReply preview() {
    return preview("{\"model\": \"m\", \"usage\": {\"prompt_tokens\": 1}}");
  }

  private HttpReply putDsn() {
    return put(vault, "{\"dsn\": \"" + sentry.dsn(NEW, "456") + "\"}");
  }

  private static void assertProblem(HttpReply reply, int status, String type, String words) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.body()).contains("problem:" + type, words);
    assertHoldsNoKey(reply);
  }

  /** {@code @} stands for a DSN. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"endpoint\": \"x\", \"dsn\": \"@\",} | it breaks at line 1, column",
        "{\"endpoint\": \"x\", \"dsn\": \"@\" | it breaks at line 1, column",
        "{\"endpoint\": \"x\", \"dsn\": \"@\"} x | it breaks at line 1, column",
        "[\"@\"] | a JSON object",
        "@ | it breaks at line 1, column",
        "{\"endpoint\": \"x\", \"dsn\": \"@\", \"dsn\": \"@\"} | \"field\":\"dsn\"",
        "{\"endpoint\": 5, \"dsn\": 7} | \"field\":\"endpoint\"",
        "{\"dsn\": 7} | \"field\":\"dsn\"",
      })
  void calls_secretNotUsable_sayWhatIsWrongWithIt(String text, String words) {
    secrets.put(SECRET, text.replace("@", sentry.dsn(OLD, "456")));

    assertProblem(get(), 422, "destination-not-valid", words);
    assertProblem(testSaved(), 422, "destination-not-valid", words);
    assertProblem(preview(), 422, "destination-not-valid", words);
    assertThat(sentry.attempts()).isZero();
  }

  /** {@code @} stands for a DSN. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"endpoint\": \"\", \"dsn\": \"@\"} | endpoint",
        "{\"dsn\": \"@\"} | endpoint",
        "{\"endpoint\": \"https://evil.example/v1/traces\", \"dsn\": \"@\"} | endpoint",
        "{\"endpoint\": \"https://o1.ingest.sentry.io/api/1/envelope/\", \"dsn\": \"@\"} | endpoint",
        "{\"endpoint\": \"https://o1.ingest.sentry.io/api/1/integration/otlp/v1/traces\", \"dsn\": \"7\"} | dsn",
      })
  void test_connectionNotUsable_isChecked(String text, String check) {
    secrets.put(SECRET, text.replace("@", sentry.dsn(OLD, "456")));

    HttpReply tested = testSaved();

    assertThat(tested.status()).isEqualTo(422);
    assertThat(tested.body())
        .contains(
            "{\"name\":\"" + check + "\",\"status\":\"failed\"",
            "\"status\":\"failed\",\"checks\"");
    assertHoldsNoKey(tested);
    for (HttpReply reply : new HttpReply[] {get(), preview()}) {
      assertProblem(reply, 422, "destination-not-valid", "\"field\":\"" + check + "\"");
    }
  }

  @Test
  void calls_ruleNotUsable_nameIt() {
    secrets.put(SECRET, body(OLD, ", \"sampling_rate\": 7"));

    for (HttpReply reply : new HttpReply[] {get(), testSaved(), preview()}) {
      assertProblem(reply, 422, "destination-not-valid", "\"field\":\"sampling_rate\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" \n", "{}", "{\"endpoint\": null, \"dsn\": null}"})
  void calls_nothingPutYet_saySo(String text) {
    secrets.put(SECRET, text);

    for (HttpReply reply : new HttpReply[] {get(), testSaved(), preview()}) {
      assertProblem(reply, 404, "no-such-destination", "It has not been set yet.");
    }
    assertThat(put(vault, body(NEW)).status()).isEqualTo(200);
  }

  /** The queue function takes these: nobody else's fields are looked into. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        ", \"note\": \"1\", \"note\": \"2\"",
        ", \"note\": {\"a\": 1, \"a\": 2}",
        ", \"note\": [{\"a\": {\"b\": 1, \"b\": 2}}]",
      })
  void calls_otherFieldsDoubled_workAndKeepWhatIsNotSent(String more) {
    secrets.put(SECRET, body(OLD, more + ", \"privacy_mode\": false, \"api_keys\": [\"x\"]"));

    assertThat(get().body()).contains("\"privacy_mode\":false", "\"api_keys\":[\"x\"]");
    assertThat(testSaved().status()).isEqualTo(200);
    assertThat(preview().status()).isEqualTo(200);
    assertThat(putDsn().status()).isEqualTo(200);
    assertThat(put(vault, body(NEW, ", \"issues\": true")).status()).isEqualTo(200);
    assertThat(secrets.current(SECRET))
        .contains(NEW, "\"issues\":true", "\"privacy_mode\":false", "\"api_keys\":[\"x\"]")
        .contains("2");
  }

  @Test
  void put_ownFieldDoubled_isForTheCallerToDecide() {
    secrets.put(
        SECRET, body(OLD, ", \"privacy_mode\": true, \"note\": 1, \"privacy_mode\": false"));

    assertProblem(putDsn(), 422, "destination-not-valid", "\"field\":\"privacy_mode\"");
    assertThat(secrets.versions(SECRET)).isEqualTo(1);

    assertThat(put(vault, body(NEW, ", \"privacy_mode\": true")).status()).isEqualTo(200);
    assertThat(secrets.current(SECRET)).contains(NEW, "\"note\":1", "\"privacy_mode\":true");
  }

  @Test
  void put_dsnDoubled_isMendedByANewOne() {
    secrets.put(
        SECRET,
        body(OLD, ", \"dsn\": \"" + sentry.dsn(OLD, "456") + "\", \"privacy_mode\": false"));

    assertThat(putDsn().status()).isEqualTo(200);
    assertThat(secrets.current(SECRET)).contains(NEW, "\"privacy_mode\":false");
    assertThat(get().status()).isEqualTo(200);
  }

  @Test
  void put_partOverWhatIsNotJson_saysWhatIsWrongWithTheSecret() {
    secrets.put(SECRET, "{\"endpoint\": \"x\",}");

    assertProblem(putDsn(), 422, "destination-not-valid", "it breaks at line 1, column");
    assertThat(secrets.versions(SECRET)).isEqualTo(1);

    assertThat(put(vault, body(NEW)).status()).isEqualTo(200);
    assertThat(get().body()).contains("\"public_key\":\"bbbb…\"", "\"privacy_mode\":true");
  }
}
