package dev.sentrybroadcast.delivery;

import static dev.sentrybroadcast.delivery.Generations.failed;
import static dev.sentrybroadcast.delivery.Generations.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.genai.SpanTree;
import dev.sentrybroadcast.local.ReceivedEnvelope;
import dev.sentrybroadcast.local.ReceivedRequest;
import dev.sentrybroadcast.local.Reply;
import dev.sentrybroadcast.sentry.ErrorEvent;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BroadcastIssuesTest {

  private final Scene scene = new Scene();

  @BeforeEach
  void wantIssues() {
    scene.destinations.put(scene.withIssues("default"));
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private void replyToEnvelopes(Function<ReceivedRequest, Reply> script) {
    scene.sentry.replyBy(
        request -> request.path().contains("/envelope") ? script.apply(request) : Reply.asRelay());
  }

  @Test
  void deliver_failedGeneration_becomesAnIssueAfterItsSpans() {
    BatchReport report =
        scene.deliver(
            scene.message("m1", failed("r1", "Too many requests")),
            scene.message("m2", plain("r2")));

    assertThat(report.returned()).isEmpty();
    assertThat(report.count(Counter.ISSUES_SENT)).isEqualTo(1);
    ReceivedEnvelope envelope = scene.sentry.envelopes().getFirst();
    assertThat(envelope.items()).hasSize(1);
    assertThat(envelope.items().getFirst().type()).isEqualTo("event");
    assertThat(envelope.publicKey()).isEqualTo(Scene.KEY);
    assertThat(scene.sentry.requests().getLast().path())
        .isEqualTo("/api/" + Scene.PROJECT + "/envelope/");
  }

  @Test
  void deliver_failedGenerationOlderThanSentryMayKeep_warnsAndOpensNoIssue() {
    scene.time.advance(Duration.ofDays(31));

    BatchReport report = scene.deliver(scene.message("m1", failed("r1", "Too many requests")));

    assertThat(report.returned()).isEmpty();
    assertThat(report.count(Counter.OLD_RECORDS)).isEqualTo(1);
    assertThat(report.notices()).anyMatch(notice -> notice.contains("older than 30 days"));
    assertThat(scene.sentry.envelopes()).isEmpty();
  }

  @Test
  void deliver_destinationWithoutIssues_sendsNone() {
    scene.destinations.put(scene.destination("default"));

    BatchReport report = scene.deliver(scene.message("m1", failed("r1", "Too many requests")));

    assertThat(report.count(Counter.ISSUES_SENT)).isZero();
    assertThat(scene.sentry.envelopes()).isEmpty();
  }

  @Test
  void deliver_spansNotAccepted_sendsNoIssue() {
    scene.sentry.replyBy(_ -> Reply.status(404));

    BatchReport report = scene.deliver(scene.message("m1", failed("r1", "Too many requests")));

    assertThat(report.count(Counter.ISSUES_SENT) + report.count(Counter.ISSUES_FAILED)).isZero();
    assertThat(scene.sentry.envelopes()).isEmpty();
  }

  @Test
  void deliver_issueFailsForGood_failsNoRecord() {
    replyToEnvelopes(_ -> Reply.status(503));

    BatchReport report =
        scene.deliver(
            scene.message("m1", failed("r1", "canary")),
            scene.message("m2", failed("r2", "canary")));

    assertThat(report.returned()).isEmpty();
    assertThat(report.count(Counter.ISSUES_FAILED)).isEqualTo(2);
    assertThat(report.notices()).containsExactly("default: issues not sent: HTTP 503");
    assertThat(scene.sentry.attempts()).isEqualTo(4);
    assertThat(report.toString().contains("canary")).as("content in the report").isFalse();
  }

  @Test
  void deliver_bugWhileAnIssueIsWritten_failsNoRecord() {
    scene.changeTree =
        tree -> new SpanTree(tree.spans(), unwritable(tree.errorEvent()), tree.bytes());

    BatchReport report = scene.deliver(scene.message("m1", failed("r1", "canary")));

    assertThat(report.returned()).isEmpty();
    assertThat(scene.received()).containsExactly("r1");
    assertThat(report.count(Counter.ISSUES_FAILED)).isEqualTo(1);
    assertThat(report.notices())
        .singleElement()
        .asString()
        .startsWith("default: an issue was not sent: java.lang.IllegalStateException at ");
    assertThat(report.toString().contains("canary")).as("content in the report").isFalse();
  }

  private static @Nullable ErrorEvent unwritable(@Nullable ErrorEvent event) {
    return event == null
        ? null
        : new ErrorEvent(
            event.eventId(),
            event.timestampEpochNanos(),
            event.traceId(),
            event.spanId(),
            event.type(),
            event.value(),
            event.fingerprint(),
            new AbstractMap<>() {
              @Override
              public Set<Entry<String, String>> entrySet() {
                throw new IllegalStateException("canary-in-exception");
              }
            },
            event.transaction(),
            event.userId(),
            event.environment(),
            event.release());
  }

  @Test
  void deliver_issueFailsForAMoment_isSentAgain() {
    scene.sentry.replyNext(Reply.asRelay(), Reply.status(502), Reply.asRelay());

    BatchReport report = scene.deliver(scene.message("m1", failed("r1", "Too many requests")));

    assertThat(report.count(Counter.ISSUES_SENT)).isEqualTo(1);
    assertThat(scene.sentry.envelopes()).hasSize(1);
  }

  @Test
  void deliver_errorsLimited_holdsBackIssuesAndNotSpans() {
    replyToEnvelopes(_ -> Reply.status(429, "X-Sentry-Rate-Limits", "60:error:key"));

    BatchReport first = scene.deliver(scene.message("m1", failed("r1", "Too many requests")));
    BatchReport second = scene.deliver(scene.message("m2", failed("r2", "Too many requests")));

    assertThat(first.count(Counter.ISSUES_FAILED)).isEqualTo(1);
    assertThat(second.count(Counter.ISSUES_FAILED)).isEqualTo(1);
    assertThat(second.returned()).isEmpty();
    assertThat(scene.received()).containsExactly("r1", "r2");
    assertThat(scene.sentry.attempts()).isEqualTo(3);
  }
}
