package dev.sentrybroadcast.delivery;

import static dev.sentrybroadcast.delivery.Generations.plain;
import static dev.sentrybroadcast.delivery.Generations.saying;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.local.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BroadcastRateLimitTest {

  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void deliver_shortLimit_waitsAndSendsAgain() {
    scene.sentry.replyNext(Reply.status(429, "X-Sentry-Rate-Limits", "4:span:organization"));

    BatchReport report = scene.deliver(scene.message("m1", plain("r1")));

    assertThat(report.returned()).isEmpty();
    assertThat(scene.time.pauses()).containsExactly(Duration.ofSeconds(4));
    assertThat(report.count(Counter.RATE_LIMITED_SECONDS)).isEqualTo(4);
    assertThat(scene.hidden).isEmpty();
  }

  @Test
  void deliver_shortLimitButLittleTime_returnsAtOnce() {
    scene.sentry.replyNext(Reply.status(429, "Retry-After", "4"));

    BatchReport report = scene.deliver(Duration.ofSeconds(4), scene.message("m1", plain("r1")));

    assertThat(Scene.reasons(report)).isEqualTo(Map.of("m1", Reason.RATE_LIMITED));
    assertThat(scene.time.pauses()).isEmpty();
    assertThat(scene.hidden).isEqualTo(Map.of("m1", Duration.ofSeconds(4)));
  }

  @Test
  void deliver_longLimit_holdsAllBackAlsoInLaterInvocations() {
    scene.maxRequestBytes = 3_000;
    scene.sentry.replyNext(Reply.status(429, "X-Sentry-Rate-Limits", "120::organization"));

    BatchReport report =
        scene.deliver(
            scene.message("m1", saying("r1", "x".repeat(1000))),
            scene.message("m2", saying("r2", "x".repeat(1000))));

    assertThat(Scene.reasons(report))
        .isEqualTo(Map.of("m1", Reason.RATE_LIMITED, "m2", Reason.RATE_LIMITED));
    assertThat(report.returned().getFirst().detail()).isEqualTo("default: rate limited for 120 s");
    assertThat(scene.sentry.attempts()).isEqualTo(1);
    assertThat(scene.hidden)
        .isEqualTo(Map.of("m1", Duration.ofMinutes(2), "m2", Duration.ofMinutes(2)));

    scene.time.advance(Duration.ofSeconds(100));
    assertThat(Scene.reasons(scene.deliver(scene.message("m3", plain("r3")))))
        .isEqualTo(Map.of("m3", Reason.RATE_LIMITED));
    assertThat(scene.sentry.attempts()).isEqualTo(1);
    assertThat(scene.hidden).containsEntry("m3", Duration.ofSeconds(20));

    scene.time.advance(Duration.ofSeconds(21));
    assertThat(scene.deliver(scene.message("m4", plain("r4"))).returned()).isEmpty();
  }

  @Test
  void deliver_retryAfterZero_sendsAgainAtOnce() {
    scene.sentry.replyNext(Reply.status(429, "Retry-After", "0"));

    BatchReport report = scene.deliver(scene.message("m1", plain("r1")));

    assertThat(report.returned()).isEmpty();
    assertThat(scene.received()).containsExactly("r1");
    assertThat(scene.time.pauses())
        .singleElement()
        .satisfies(pause -> assertThat(pause).isLessThanOrEqualTo(Duration.ofMillis(400)));
  }

  @Test
  void deliver_429WithoutHeaders_waitsAMinute() {
    scene.sentry.replyNext(Reply.status(429));

    scene.deliver(scene.message("m1", plain("r1")));

    assertThat(scene.hidden).isEqualTo(Map.of("m1", Duration.ofSeconds(60)));
  }

  @Test
  void deliver_endlessLimit_hidesForAnHourAtMost() {
    scene.sentry.replyNext(Reply.status(429, "Retry-After", "999999999"));

    scene.deliver(scene.message("m1", plain("r1")));

    assertThat(scene.hidden).isEqualTo(Map.of("m1", Duration.ofHours(1)));
  }

  @Test
  void deliver_limitOnAnAcceptedRequest_holdsTheNextBack() {
    scene.maxRequestBytes = 3_000;
    scene.sentry.replyNext(Reply.answer(200, "", "X-Sentry-Rate-Limits", "60:span:key"));

    BatchReport report =
        scene.deliver(
            scene.message("m1", saying("r1", "x".repeat(1000))),
            scene.message("m2", saying("r2", "x".repeat(1000))));

    assertThat(Scene.reasons(report)).isEqualTo(Map.of("m2", Reason.RATE_LIMITED));
  }

  @Test
  void deliver_limitOfOtherCategories_isTriedAgainAFewTimes() {
    scene.sentry.replyBy(_ -> Reply.status(429, "X-Sentry-Rate-Limits", "60:error:key"));

    BatchReport report = scene.deliver(scene.message("m1", plain("r1")));

    assertThat(Scene.reasons(report)).isEqualTo(Map.of("m1", Reason.RATE_LIMITED));
    assertThat(scene.sentry.attempts()).isEqualTo(3);
  }

  @Test
  void deliver_limitThatIsAlwaysShort_endsAfterThreeWaits() {
    scene.sentry.replyBy(_ -> Reply.status(429, "Retry-After", "1"));

    BatchReport report = scene.deliver(scene.message("m1", plain("r1")));

    assertThat(Scene.reasons(report)).isEqualTo(Map.of("m1", Reason.RATE_LIMITED));
    assertThat(scene.sentry.attempts()).isEqualTo(4);
    assertThat(scene.hidden).isEqualTo(Map.of("m1", Duration.ofSeconds(1)));
  }

  @Test
  void deliver_oneDestinationLimited_sendsToTheOther() {
    scene.sentry.allow(Scene.NEW_KEY, Scene.PROJECT);
    scene.destinations.put(scene.destination("second", Scene.NEW_KEY, PrivacyMode.ON));
    scene.sentry.replyBy(request ->
        request.header("x-sentry-auth").contains(Scene.KEY)
            ? Reply.status(429, "Retry-After", "60")
            : Reply.asRelay());

    BatchReport report =
        scene.deliver(scene.message("m1", plain("r1")), scene.message("m2", plain("r2", "second")));

    assertThat(Scene.reasons(report)).isEqualTo(Map.of("m1", Reason.RATE_LIMITED));
    assertThat(scene.received()).isEqualTo(List.of("r2"));
    assertThat(scene.hidden).containsOnlyKeys("m1");
  }

  @Test
  void deliver_hidingFails_isOnlyNoticed() {
    scene.hidingFails = true;
    scene.sentry.replyNext(Reply.status(429));

    BatchReport report = scene.deliver(scene.message("m1", plain("r1")));

    assertThat(Scene.reasons(report)).isEqualTo(Map.of("m1", Reason.RATE_LIMITED));
    assertThat(report.notices())
        .containsExactly(
            "rate limited messages could not be hidden: java.lang.IllegalStateException");
  }
}
