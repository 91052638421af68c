package dev.sentrybroadcast.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.local.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a save writes, and what it leaves alone. */
final class SaveDestinationTest extends SaveScene {

  @Test
  void put_passed_becomesCurrent() {
    secrets.put(SECRET, body(OLD));

    HttpReply reply = put(vault, body(NEW));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body())
        .contains("\"saved\":true", "\"unchanged\":false", "\"status\":\"passed\"");
    assertThat(secrets.current(SECRET)).contains(NEW).doesNotContain(OLD);
    assertThat(secrets.versions(SECRET)).isEqualTo(2);
    assertHoldsNoKey(reply);
  }

  @Test
  void put_failed_leavesWhatIsCurrent() {
    secrets.put(SECRET, body(OLD));

    HttpReply reply = put(vault, body(REFUSED));

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.contentType()).isEqualTo("application/json");
    assertThat(reply.body()).contains("\"saved\":false", "\"status\":\"failed\"");
    assertThat(secrets.current(SECRET)).contains(OLD);
    assertHoldsNoKey(reply);
  }

  @Test
  void put_throttled_isNotSaved() {
    secrets.put(SECRET, body(OLD));
    sentry.replyBy(_ -> Reply.status(429));

    HttpReply reply = put(vault, body(NEW));

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body()).contains("\"status\":\"inconclusive\"");
    assertThat(secrets.current(SECRET)).contains(OLD);
  }

  /** Sentry accepts the first exports whatever the key is. */
  @Test
  void put_tooFewExportsInTime_isNotSaved() {
    secrets.put(SECRET, body(OLD));
    sentry.coldFor(2);

    HttpReply reply =
        put(vault, "default", body(REFUSED), new Worlds().within(Duration.ofSeconds(2)).world());

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body()).contains("\"status\":\"inconclusive\"", "\"saved\":false");
    assertThat(secrets.current(SECRET)).contains(OLD);
  }

  @Test
  void put_faultOnPaper_writesNothing() {
    secrets.put(SECRET, body(OLD));

    assertThat(put(vault, "{\"endpoint\": \"https://evil.example/v1/traces\"}").status())
        .isEqualTo(422);
    assertThat(secrets.versions(SECRET)).isEqualTo(1);
    assertThat(sentry.attempts()).isZero();
  }

  @Test
  void put_equalToWhatIsCurrent_writesNothing() {
    secrets.put(SECRET, body(OLD, ", \"privacy_mode\": true, \"note\": 1"));

    HttpReply reply = put(vault, body(OLD, ", \"sampling_rate\": 1, \"enabled\": true"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).contains("\"saved\":false", "\"unchanged\":true");
    assertThat(secrets.versions(SECRET)).isEqualTo(1);
    assertThat(secrets.calls("PutSecretValue")).isZero();
  }

  @Test
  void put_dsnAlone_keepsAllElse() {
    secrets.put(
        SECRET,
        body(OLD, ", \"privacy_mode\": false, \"api_keys\": [\"x\"], \"team\": {\"cost\": 1.50}"));

    HttpReply reply = put(vault, "{\"dsn\": \"" + sentry.dsn(NEW, "456") + "\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(secrets.current(SECRET))
        .contains(
            NEW, "\"privacy_mode\":false", "\"api_keys\":[\"x\"]", "\"team\":{\"cost\":1.50}");
  }

  @Test
  void put_currentIsBroken_replacesIt() {
    secrets.put(SECRET, "{\"endpoint\": \"x\",}");

    assertThat(put(vault, body(NEW)).status()).isEqualTo(200);
    assertThat(secrets.current(SECRET)).contains(NEW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"username\": \"app\", \"password\": \"c0ffee\"}",
        "{\"routes\": [], \"default\": [\"eu\"]}",
        "c0ffee",
        "[\"c0ffee\"]"
      })
  void put_currentIsNoDestination_leavesItAlone(String other) {
    secrets.put(SECRET, other);

    HttpReply reply = put(vault, body(NEW));

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.body()).contains("not-a-destination").doesNotContain("c0ffee");
    assertThat(secrets.current(SECRET)).isEqualTo(other);
    assertThat(secrets.calls("PutSecretValue")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "{}", "{\"privacy_mode\": true}"})
  void put_currentIsPrepared_fillsIt(String prepared) {
    secrets.put(SECRET, prepared);

    assertThat(put(vault, body(NEW)).status()).isEqualTo(200);
    assertThat(secrets.current(SECRET)).contains(NEW);
  }

  @Test
  void put_noSecretYet_createsIt() {
    assertThat(get().status()).isEqualTo(404);

    HttpReply reply = put(vault, body(NEW));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(secrets.current(SECRET)).contains(NEW);
    assertThat(secrets.calls("CreateSecret")).isEqualTo(1);
    assertThat(get().body()).contains("\"public_key\":\"bbbb…\"");
    assertHoldsNoKey(get());
  }

  @Test
  void put_secretWithoutValue_fillsIt() {
    client.createSecret(request -> request.name(SECRET));
    assertThat(get().status()).isEqualTo(404);

    assertThat(put(vault, body(NEW)).status()).isEqualTo(200);

    assertThat(secrets.current(SECRET)).contains(NEW);
  }

  @Test
  void put_firstFails_nothingIsCreatedOrWritten() {
    assertThat(put(vault, body(REFUSED)).status()).isEqualTo(422);
    assertThat(get().status()).isEqualTo(404);
    assertThat(secrets.calls("CreateSecret") + secrets.calls("PutSecretValue")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ", \"privacy_mode\": \"yes\" | 422 | privacy_mode",
        ", \"privacy_mode\": 1 | 422 | privacy_mode",
        ", \"sampling_rate\": 1.5 | 422 | sampling_rate",
        ", \"api_keys\": [] | 422 | api_keys",
        ", \"privacy_mod\": true | 400 | privacy_mod",
        ", \"dsn\": \"\" | 400 | ",
      })
  void put_fieldNotAsExpected_isNamed(String more, int status, String field) {
    secrets.put(SECRET, body(OLD));

    HttpReply reply = put(vault, body(NEW, more));

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.contentType()).isEqualTo("application/problem+json");
    assertThat(reply.body()).contains(field == null ? "detail" : "\"field\":\"" + field + "\"");
    assertThat(secrets.versions(SECRET)).isEqualTo(1);
    assertHoldsNoKey(reply);
  }

  @Test
  void put_null_isTheDefault() {
    secrets.put(SECRET, body(OLD, ", \"privacy_mode\": false, \"sampling_rate\": 0.5"));

    HttpReply reply = put(vault, "{\"privacy_mode\": null, \"sampling_rate\": null}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(get().body()).contains("\"privacy_mode\":true", "\"sampling_rate\":1.0");
  }

  @Test
  void get_destinationNotUsable_saysWhichFieldWithoutItsValue() {
    secrets.put(SECRET, body(OLD, ", \"sampling_rate\": 7"));

    HttpReply reply = get();

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body()).contains("\"field\":\"sampling_rate\"");
    assertHoldsNoKey(reply);
  }
}
