package dev.sentrybroadcast.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Saves that meet each other, or break off: what is current is always one that passed. */
final class BrokenSavesTest extends SaveScene {

  @Test
  void put_anotherSaveFinishesFirst_isOvertaken() {
    secrets.put(SECRET, body(OLD));
    AtomicBoolean once = new AtomicBoolean();
    Worlds worlds = new Worlds();
    ConnectionTest.World slow =
        new ConnectionTest.World(
            worlds.world().names(),
            worlds.world().client(),
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
    assertThat(secrets.current(SECRET)).contains("\"issues\":true");
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
}
