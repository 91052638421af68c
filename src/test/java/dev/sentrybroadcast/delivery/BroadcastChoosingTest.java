package dev.sentrybroadcast.delivery;

import static dev.sentrybroadcast.delivery.Generations.failed;
import static dev.sentrybroadcast.delivery.Generations.plain;
import static dev.sentrybroadcast.delivery.Generations.saying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.destination.CachedDestinations;
import dev.sentrybroadcast.destination.DestinationReader;
import dev.sentrybroadcast.destination.Destinations.Lookup;
import dev.sentrybroadcast.destination.Routes;
import dev.sentrybroadcast.destination.SecretStore;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.local.ReceivedSpan;
import dev.sentrybroadcast.sentry.AllowedHosts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Routes, producers, filters and sampling in a batch. */
final class BroadcastChoosingTest {

  private static final String CONTENT_FILTER =
      """
      "filter": {"groups": [{"logic": "or", "rules": [
        {"field": "input", "operator": "contains", "value": "canary-wanted"},
        {"field": "input", "operator": "regex", "value": "canary-[0-9]+"}]}]}
      """;

  private final Scene scene = new Scene();

  @AfterEach
  void stop() {
    scene.close();
  }

  private static Lookup<Routes> routes(String json) {
    SecretStore store = _ -> new SecretStore.Secret.Value(json, "v1");
    return new CachedDestinations(
            store,
            "",
            new DestinationReader(AllowedHosts.parse("*.sentry.io")),
            Duration.ZERO,
            () -> Instant.EPOCH,
            _ -> {})
        .routes();
  }

  private static Lookup<Routes> failuresTo(String name) {
    return routes(
        """
        {"routes": [{"when": {"groups": [{"rules": [
           {"field": "status", "operator": "equals", "value": "error"}]}]}, "to": ["%s"]}]}
        """
            .formatted(name));
  }

  /** A message of this sender. */
  private QueuedMessage from(String messageId, @Nullable String senderId, String recordId) {
    scene.message(messageId, null, List.of(new Decoded.Valid(plain(recordId))));
    return new QueuedMessage(messageId, "", 0, "receipt", null, senderId);
  }

  @Test
  void deliver_routeThatMatches_goesThereAndTheRestToTheDefault() {
    scene.destinations.put(scene.withRules("failures", "\"sampling_rate\": 0.0"));
    scene.destinations.routes = failuresTo("failures");

    BatchReport report =
        scene.deliver(
            scene.message("m1", failed("r1", "x")),
            scene.message("m2", plain("r2")),
            scene.message("m3", failed("r3", "x", "default")));

    assertThat(report.returned()).isEmpty();
    assertThat(report.count(Counter.SAMPLED_OUT)).isEqualTo(1);
    assertThat(scene.received()).as("its own destination wins").containsExactly("r2", "r3");
  }

  @Test
  void deliver_routeToAnUnknownName_returnsItsRecordsAlone() {
    scene.destinations.routes = failuresTo("nowhere");

    BatchReport report =
        scene.deliver(scene.message("m1", failed("r1", "x")), scene.message("m2", plain("r2")));

    assertThat(Scene.reasons(report)).isEqualTo(Map.of("m1", Reason.UNKNOWN_DESTINATION));
    assertThat(scene.received()).containsExactly("r2");
  }

  @Test
  void deliver_routesThatAreNotKnown_returnsWhatNeedsThem() {
    scene.destinations.routes = new Lookup.Unavailable<>("_routes", "ThrottlingException");
    QueuedMessage[] messages = {
      scene.message("m1", plain("r1")), scene.message("m2", plain("r2", "default"))
    };

    assertThat(scene.deliver(messages).returned())
        .containsExactly(
            new ReturnedMessage(
                "m1",
                Reason.SECRETS_UNAVAILABLE,
                "_routes: its secret could not be read: ThrottlingException"));
    assertThat(scene.received()).containsExactly("r2");

    scene.destinations.routes = routes("{\"routes\": [{\"when\": 7}]}");
    assertThat(scene.deliver(messages).returned())
        .containsExactly(
            new ReturnedMessage(
                "m1",
                Reason.DESTINATION_MISCONFIGURED,
                "_routes: routes[0].to: an array of at least one destination's name"));
  }

  @Test
  void deliver_lastGoodRoutes_areCountedOnceForABatch() {
    Lookup.Found<Routes> known = (Lookup.Found<Routes>) failuresTo("nowhere");
    scene.destinations.routes = new Lookup.Found<>(known.value(), true);

    BatchReport report =
        scene.deliver(scene.message("m1", plain("r1")), scene.message("m2", plain("r2")));

    assertThat(report.count(Counter.LAST_GOOD_SERVED)).isEqualTo(1);
    assertThat(report.notices())
        .containsExactly("_routes: the secret could not be read, its last good value is used");
    assertThat(scene.received()).containsExactly("r1", "r2");
  }

  @Test
  void deliver_recordOfAnotherProducer_isReturned() {
    scene.destinations.put(
        scene.withRules("default", "\"producers\": {\"sender_ids\": [\"AIDATEAM\"]}"));

    BatchReport report =
        scene.deliver(
            from("m1", "AIDATEAM", "r1"), from("m2", "AIDAOTHER", "r2"), from("m3", null, "r3"));

    assertThat(Scene.reasons(report))
        .isEqualTo(Map.of("m2", Reason.PRODUCER_NOT_ALLOWED, "m3", Reason.PRODUCER_NOT_ALLOWED));
    assertThat(report.returned().getFirst().detail())
        .isEqualTo("default: its secret's \"producers\" does not name the sender");
    assertThat(scene.received()).containsExactly("r1");
  }

  /** The same record: one copy is delivered, the other's message goes back. */
  @Test
  void deliver_copyByAnotherProducer_isReturnedAlone() {
    scene.destinations.put(
        scene.withRules("default", "\"producers\": {\"sender_ids\": [\"AIDATEAM\"]}"));

    BatchReport report = scene.deliver(from("m1", "AIDATEAM", "r1"), from("m2", "AIDAOTHER", "r1"));

    assertThat(Scene.reasons(report)).isEqualTo(Map.of("m2", Reason.PRODUCER_NOT_ALLOWED));
    assertThat(scene.received()).containsExactly("r1");
  }

  /** The rules of the new version hold for what is still to be sent, for each copy of a record. */
  @Test
  void deliver_newKeyWithOtherProducers_asksThem() {
    scene.sentry.refuse(Scene.KEY);
    scene.sentry.allow(Scene.NEW_KEY, Scene.PROJECT);
    scene.destinations.store(
        scene.withRules(
            "default", "\"producers\": {\"sender_ids\": [\"AIDATEAM\"]}", Scene.NEW_KEY));

    BatchReport report = scene.deliver(from("m1", "AIDAOTHER", "r1"), from("m2", "AIDATEAM", "r1"));

    assertThat(Scene.reasons(report)).isEqualTo(Map.of("m1", Reason.PRODUCER_NOT_ALLOWED));
    assertThat(scene.received()).containsExactly("r1");
  }

  @Test
  void deliver_rateBelowOne_saysWhyAndAtWhichRate() {
    scene.destinations.put(
        scene.withRules("some", "\"sampling_rate\": 0.25, \"keep\": {\"errors\": true}"));

    scene.deliver(scene.message("m1", failed("r1", "x", "some")), scene.message("m2", plain("r2")));

    Map<String, @Nullable Object> byRecord = new java.util.TreeMap<>();
    for (ReceivedSpan span : scene.sentry.spans()) {
      byRecord.put(
          String.valueOf(span.text("broadcast.record.id")),
          span.text("broadcast.sampling.reason") + " " + span.number("broadcast.sampling.rate"));
    }
    assertThat(byRecord).isEqualTo(Map.of("r1", "error 0.25", "r2", "null null"));
  }

  /** A redelivery, and the same record at another destination of the same rate. */
  @Test
  void deliver_again_makesTheSameDecisions() {
    for (String name : List.of("a", "b")) {
      scene.destinations.put(
          scene.withRules(name, "\"sampling_rate\": 0.5, \"keep\": {\"errors\": true}"));
    }
    QueuedMessage[] messages = new QueuedMessage[40];
    for (int i = 0; i < messages.length; i++) {
      messages[i] =
          scene.message(
              "m" + i, i % 4 == 0 ? failed("r" + i, "x", "a", "b") : plain("r" + i, "a", "b"));
    }
    scene.deliver(messages);
    List<String> first = scene.received();
    scene.deliver(messages);

    assertThat(first.subList(0, first.size() / 2))
        .isEqualTo(first.subList(first.size() / 2, first.size()));
    assertThat(scene.received())
        .isEqualTo(java.util.stream.Stream.of(first, first).flatMap(List::stream).toList());
    assertThat(scene.receivedOnce()).hasSizeBetween(15, 38).contains("r0", "r4", "r36");
  }

  /** Two records of one id get ids of their own, but not another decision after a new key. */
  @Test
  void deliver_newKey_samplesRecordsOfOneIdAsBefore() {
    scene.destinations.put(scene.withRules("some", "\"sampling_rate\": 0.5"));
    scene.destinations.store(scene.withRules("some", "\"sampling_rate\": 0.5", Scene.NEW_KEY));
    scene.sentry.refuse(Scene.KEY);
    QueuedMessage[] messages = new QueuedMessage[40];
    for (int i = 0; i < messages.length; i++) {
      messages[i] = scene.message("m" + i, saying("r" + i / 2, "copy " + i, "some"));
    }

    BatchReport report = scene.deliver(messages);

    assertThat(report.returned()).isEmpty();
    assertThat(report.count(Counter.AUTH_REJECTED)).isEqualTo(1);
    assertThat(scene.received()).hasSizeBetween(10, 30);
    assertThat(scene.receivedOnce())
        .containsAll(scene.received().stream().map(id -> id.replace("#1", "")).toList())
        .containsAll(scene.received().stream().map(id -> id.replace("#1", "") + "#1").toList());
  }

  @Test
  void deliver_filterOverContent_looksAtItInPrivacyModeAndLetsNothingOut() {
    scene.destinations.put(
        scene.withRules("default", CONTENT_FILTER).withPrivacyMode(PrivacyMode.ON));

    BatchReport report =
        scene.deliver(
            scene.message("m1", saying("r1", "say canary-wanted please")),
            scene.message("m2", saying("r2", "say canary-other")),
            scene.message("m3", saying("r3", "canary-77")));

    assertThat(scene.received()).containsExactly("r1", "r3");
    assertThat(report.count(Counter.FILTERED)).isEqualTo(1);
    assertThat(report.toString()).doesNotContain("canary");
    assertThat(scene.sentry.requests())
        .isNotEmpty()
        .allSatisfy(request ->
            assertThat(new String(request.body(), StandardCharsets.UTF_8).contains("canary"))
                .isFalse());
  }
}
