package dev.sentrybroadcast.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.destination.DestinationVault;
import dev.sentrybroadcast.destination.SecretsManagerVault;
import dev.sentrybroadcast.genai.GenerationSpans;
import dev.sentrybroadcast.intake.RecordDecoder;
import dev.sentrybroadcast.local.LocalSecrets;
import dev.sentrybroadcast.local.Reply;
import dev.sentrybroadcast.local.SentryStandIn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Saves through the real adapter, to a look-alike of Secrets Manager on loopback. */
final class SaveDestinationTest {

  private static final String SECRET = "sentry-broadcast/default";
  private static final String OLD = "a".repeat(32);
  private static final String NEW = "b".repeat(32);
  private static final String REFUSED = "c".repeat(32);

  private final SentryStandIn sentry = SentryStandIn.start();
  private final LocalSecrets secrets = LocalSecrets.start();
  private final SecretsManagerClient client = secrets.client();
  private final DestinationVault vault = new SecretsManagerVault(client);

  @BeforeEach
  void allowKeys() {
    sentry.allow(OLD, "456");
    sentry.allow(NEW, "456");
  }

  @AfterEach
  void stop() {
    client.close();
    secrets.close();
    sentry.close();
  }

  private HttpReply put(DestinationVault to, String body) {
    return put(to, "default", body, new Worlds().world());
  }

  private HttpReply put(DestinationVault to, String name, String body, ConnectionTest.World world) {
    return call(to, "PUT", "/destinations/" + name, body, world);
  }

  private HttpReply call(
      DestinationVault to, String method, String path, String body, ConnectionTest.World world) {
    return new ConnectionApi(
            Worlds.allowing(sentry.origin()),
            to,
            new RecordDecoder(),
            new GenerationSpans("checkout", "1.2.3"),
            world)
        .answer(
            new HttpCall(
                method,
                path,
                Map.of(),
                "application/json",
                null,
                body.getBytes(StandardCharsets.UTF_8)));
  }

  private HttpReply get() {
    return call(vault, "GET", "/destinations/default", "", new Worlds().world());
  }

  private String body(String key, String more) {
    return "{\"endpoint\": \"%s\", \"dsn\": \"%s\"%s}"
        .formatted(sentry.tracesEndpoint("456"), sentry.dsn(key, "456"), more);
  }

  private String body(String key) {
    return body(key, "");
  }

  private static void assertHoldsNoKey(HttpReply reply) {
    assertThat(reply.body().contains(OLD)).as("old key in the answer").isFalse();
    assertThat(reply.body().contains(NEW)).as("new key in the answer").isFalse();
    assertThat(reply.body().contains(REFUSED)).as("refused key in the answer").isFalse();
    assertThat(reply.body().contains("@127.0.0.1")).as("a DSN in the answer").isFalse();
  }

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
            NEW, "\"privacy_mode\": false", "\"api_keys\": [\"x\"]", "\"team\": {\"cost\": 1.50}");
  }

  @Test
  void put_currentIsNotJson_replacesIt() {
    secrets.put(SECRET, "not JSON");

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

  @Test
  void put_anotherSaveFinishesFirst_isOvertaken() {
    secrets.put(SECRET, body(OLD));
    AtomicBoolean once = new AtomicBoolean();
    Worlds worlds = new Worlds();
    ConnectionTest.World slow =
        new ConnectionTest.World(
            worlds.world().resolver(),
            worlds.world().tls(),
            worlds.world().clock(),
            worlds.world().nanoClock(),
            _ -> {
              if (once.compareAndSet(false, true)) {
                assertThat(put(vault, body(NEW, ", \"issues\": true")).status()).isEqualTo(200);
              }
            },
            ConnectionTest.TIME_LIMIT);

    HttpReply reply = put(vault, "default", body(NEW), slow);

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.body()).contains("urn:sentry-broadcast:problem:overtaken");
    assertThat(secrets.current(SECRET)).contains("\"issues\": true");
    assertThat(put(vault, body(NEW, ", \"issues\": false")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void put_manyAtOnce_whatIsCurrentPassed(boolean secretExists) throws Exception {
    if (secretExists) {
      secrets.put(SECRET, body(OLD));
    }
    List<Future<HttpReply>> replies = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(6)) {
      for (int i = 0; i < 6; i++) {
        String key = i % 2 == 0 ? REFUSED : String.valueOf(i).repeat(32);
        if (i % 2 != 0) {
          sentry.allow(key, "456");
        }
        replies.add(callers.submit(() -> put(vault, body(key))));
      }
    }
    for (int i = 0; i < 6; i++) {
      assertThat(replies.get(i).get().status()).isIn(i % 2 == 0 ? List.of(422) : List.of(200, 409));
    }
    assertThat(secrets.current(SECRET)).doesNotContain(REFUSED);
    assertThat(replies.stream().filter(reply -> status(reply) == 200).count()).isPositive();
  }

  private static int status(Future<HttpReply> reply) {
    return reply.resultNow().status();
  }

  @ParameterizedTest
  @EnumSource(VaultWithFaults.Fault.class)
  void put_breaksOffAnywhere_whatIsCurrentPassedAndTheNextSaveWorks(VaultWithFaults.Fault fault) {
    for (String key : List.of(NEW, REFUSED)) {
      boolean brokeOff = true;
      for (int call = 1; brokeOff; call++) {
        secrets.put(SECRET, body(OLD));
        VaultWithFaults faulty = new VaultWithFaults(vault, call, fault);
        String place = key.charAt(0) + ", call " + call;
        try {
          HttpReply reply = put(faulty, body(key));
          assertThat(reply.status()).as(place).isIn(200, 422, 503);
          if (reply.status() == 200) {
            assertThat(secrets.current(SECRET)).as(place).contains(NEW);
          }
        } catch (VaultWithFaults.Crash _) {
          // Whoever called sees nothing; what is current is what counts.
        }
        brokeOff = faulty.calls() >= call;
        assertThat(secrets.current(SECRET).contains(REFUSED)).as(place).isFalse();
        assertThat(put(vault, body(NEW)).status()).as(place).isEqualTo(200);
        assertThat(secrets.current(SECRET)).as(place).contains(NEW);
      }
    }
  }

  @Test
  void put_secretsManagerDown_says503() {
    secrets.stop();

    HttpReply reply = put(vault, body(NEW));

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.body()).contains("urn:sentry-broadcast:problem:store-unavailable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ", \"privacy_mode\": \"yes\" | 422 | privacy_mode",
        ", \"privacy_mode\": null | 422 | privacy_mode",
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
  void get_destinationNotUsable_saysWhichFieldWithoutItsValue() {
    secrets.put(SECRET, body(OLD, ", \"sampling_rate\": 7"));

    HttpReply reply = get();

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body()).contains("\"field\":\"sampling_rate\"");
    assertHoldsNoKey(reply);
  }
}
