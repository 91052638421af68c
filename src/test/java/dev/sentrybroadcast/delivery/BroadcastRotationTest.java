package dev.sentrybroadcast.delivery;

import static dev.sentrybroadcast.delivery.Generations.plain;
import static dev.sentrybroadcast.delivery.Generations.saying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.Destinations.Lookup;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.local.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BroadcastRotationTest {

  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void deliver_keyRefusedAndSecretChanged_sendsTheSameRequestAgain() {
    rotate(PrivacyMode.OFF);

    BatchReport report =
        scene.deliver(scene.message("m1", plain("r1")), scene.message("m2", plain("r2")));

    assertThat(report.returned()).isEmpty();
    assertThat(report.count(Counter.AUTH_REJECTED)).isEqualTo(1);
    assertThat(scene.received()).containsExactly("r1", "r2");
    assertThat(scene.sentry.spans())
        .allSatisfy(span -> assertThat(span.publicKey()).isEqualTo(Scene.NEW_KEY));

    scene.deliver(scene.message("m3", plain("r3")));
    assertThat(scene.destinations.readsAgain()).isEqualTo(1);
  }

  @Test
  void deliver_newVersionIsStricter_leavesContentOutOfAllRequests() {
    scene.maxRequestBytes = 3_000;
    rotate(PrivacyMode.ON);

    BatchReport report =
        scene.deliver(
            scene.message("m1", saying("r1", "canary " + "x".repeat(1500))),
            scene.message("m2", saying("r2", "canary " + "x".repeat(1500))),
            scene.message("m3", saying("r3", "canary " + "x".repeat(1500))));

    assertThat(report.returned()).isEmpty();
    assertThat(scene.received()).containsExactly("r1", "r2", "r3");
    assertThat(scene.sentry.requests())
        .allSatisfy(request ->
            assertThat(new String(request.body(), StandardCharsets.UTF_8).contains("canary"))
                .as("content after the change")
                .isFalse());
  }

  @Test
  void deliver_newVersionIsSwitchedOff_isASuccess() {
    scene.sentry.refuse(Scene.KEY);
    scene.destinations.store(scene.withRules("default", "\"enabled\": false", Scene.NEW_KEY));

    BatchReport report = scene.deliver(scene.message("m1", plain("r1")));

    assertThat(report.returned()).isEmpty();
    assertThat(report.count(Counter.DISABLED)).isEqualTo(1);
    assertThat(scene.received()).isEmpty();
  }

  private void rotate(PrivacyMode mode) {
    scene.sentry.refuse(Scene.KEY);
    scene.sentry.allow(Scene.NEW_KEY, Scene.PROJECT);
    scene.destinations.store(scene.destination("default", Scene.NEW_KEY, mode));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void deliver_keyRefusedAndSecretUnchanged_stopsAndReturns(int status) {
    scene.maxRequestBytes = 3_000;
    scene.sentry.replyBy(_ -> Reply.status(status));

    BatchReport report =
        scene.deliver(
            scene.message("m1", saying("r1", "x".repeat(1000))),
            scene.message("m2", saying("r2", "x".repeat(1000))));

    assertThat(Scene.reasons(report))
        .isEqualTo(Map.of("m1", Reason.AUTH_REJECTED, "m2", Reason.AUTH_REJECTED));
    assertThat(report.returned().getFirst().detail()).startsWith("default: HTTP " + status + " (");
    assertThat(scene.sentry.attempts()).isEqualTo(1);
    assertThat(scene.destinations.readsAgain()).isEqualTo(1);
    assertThat(report.toString().contains(Scene.KEY)).as("key in the report").isFalse();
  }

  @Test
  void deliver_keyRefusedAndSecretNotReadable_returns() {
    scene.sentry.refuse(Scene.KEY);
    Destination known = scene.destination("default");
    scene.destinations.answer("default", new Lookup.Found<>(known, false));
    FakeDestinations destinations = scene.destinations;
    destinations.storeAnswer("default", new Lookup.Unavailable<>("default", "Timeout"));

    assertThat(Scene.reasons(scene.deliver(scene.message("m1", plain("r1")))))
        .isEqualTo(Map.of("m1", Reason.AUTH_REJECTED));
  }

  @Test
  void deliver_manyRotations_deliverEachTime() {
    for (int i = 0; i < 300; i++) {
      String key = String.format("%032x", i + 1);
      scene.sentry.allow(key, Scene.PROJECT);
      scene.destinations.store(scene.destination("default", key, PrivacyMode.OFF));
      assertThat(scene.deliver(scene.message("m" + i, plain("r" + i))).returned()).isEmpty();
      scene.sentry.refuse(key);
    }
    assertThat(scene.receivedOnce()).hasSize(300);
  }
}
