package dev.sentrybroadcast.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.delivery.HttpAnswer.Answered;
import dev.sentrybroadcast.delivery.HttpAnswer.Cause;
import dev.sentrybroadcast.delivery.HttpAnswer.Unanswered;
import dev.sentrybroadcast.local.Reply;
import dev.sentrybroadcast.local.SentryStandIn;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SentryHttpTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SentryStandIn sentry = SentryStandIn.start();
  private final FakeTime time = new FakeTime();
  private final SentryHttp http = new SentryHttp(time, System::nanoTime);

  @AfterEach
  void close() {
    http.close();
    sentry.close();
  }

  private HttpAnswer send(Duration timeout) {
    return http.send(
        HttpRequest.newBuilder(sentry.tracesEndpoint("1"))
            .POST(BodyPublishers.ofString("x"))
            .build(),
        timeout);
  }

  @Test
  void send_pooledConnectionClosedAfterTheRequest_sendsItAgain() {
    sentry.replyNext(Reply.answer(200, ""), Reply.closed(), Reply.answer(202, ""));

    assertThat(send(SECOND)).isInstanceOfSatisfying(Answered.class, a -> is(a, 200));
    assertThat(send(SECOND)).isInstanceOfSatisfying(Answered.class, a -> is(a, 202));
    assertThat(sentry.attempts()).isEqualTo(3);
  }

  @Test
  void send_pooledConnectionReset_sendsItAgain() {
    sentry.replyNext(Reply.answer(200, ""), Reply.reset(), Reply.answer(202, ""));

    send(SECOND);
    assertThat(send(SECOND)).isInstanceOfSatisfying(Answered.class, a -> is(a, 202));
  }

  @Test
  void send_pooledConnectionGoneWhileIdle_sendsOnANewOne() {
    for (int i = 0; i < 20; i++) {
      sentry.replyNext(new Reply.Stale(Reply.answer(200, "")));
      assertThat(send(SECOND)).isInstanceOfSatisfying(Answered.class, a -> is(a, 200));
    }
    assertThat(sentry.attempts()).isEqualTo(20);
  }

  @Test
  void send_newConnectionClosed_isNotSentAgainHere() {
    sentry.replyBy(_ -> Reply.closed());

    assertThat(send(SECOND)).isEqualTo(new Unanswered(Cause.RESET));
    assertThat(sentry.attempts()).isEqualTo(1);
  }

  @Test
  void send_afterALongIdleTime_takesNewConnections() {
    sentry.replyBy(_ -> Reply.answer(200, ""));
    send(SECOND);
    time.advance(Duration.ofMinutes(10));

    assertThat(send(SECOND)).isInstanceOfSatisfying(Answered.class, a -> is(a, 200));
  }

  @Test
  void send_stopped_isRefused() {
    sentry.stop();

    assertThat(send(SECOND)).isEqualTo(new Unanswered(Cause.CONNECT));
  }

  @Test
  void send_silence_endsInTime() {
    sentry.replyNext(Reply.stalled(Duration.ofSeconds(20)));
    long start = System.nanoTime();

    assertThat(send(Duration.ofMillis(200))).isEqualTo(new Unanswered(Cause.TIMEOUT));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void send_slowHeaders_endInTime() {
    sentry.replyNext(new Reply.Slow(Reply.answer(200, "x"), Duration.ofMillis(50)));

    assertThat(send(Duration.ofMillis(300))).isEqualTo(new Unanswered(Cause.TIMEOUT));
  }

  @Test
  void send_slowBody_isAnsweredByItsStatus() {
    // Some 60 bytes of headers, then a body that would take ten minutes.
    sentry.replyNext(new Reply.Slow(Reply.answer(403, "x".repeat(60_000)), Duration.ofMillis(10)));
    long start = System.nanoTime();

    assertThat(send(Duration.ofSeconds(8))).isInstanceOfSatisfying(Answered.class, a -> is(a, 403));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
  }

  @Test
  void send_longBody_isCut() {
    sentry.replyNext(
        Reply.answer(403, "with_reason: ProjectId" + "x".repeat(1 << 20)), Reply.answer(200, ""));

    assertThat(send(SECOND))
        .isInstanceOfSatisfying(
            Answered.class,
            a -> {
              is(a, 403);
              assertThat(a.body().knownReason()).isEqualTo("ProjectId");
            });
    assertThat(send(SECOND)).isInstanceOfSatisfying(Answered.class, a -> is(a, 200));
  }

  @Test
  void send_garbage_isToldApart() {
    sentry.replyNext(Reply.garbage());

    assertThat(send(SECOND))
        .isInstanceOfSatisfying(
            Unanswered.class, u -> assertThat(u.cause()).isIn(Cause.PROTOCOL, Cause.RESET));
  }

  @Test
  void send_redirect_isNotFollowed() {
    sentry.replyNext(Reply.answer(307, "", "Location", sentry.origin() + "/elsewhere"));

    assertThat(send(SECOND)).isInstanceOfSatisfying(Answered.class, a -> is(a, 307));
    assertThat(sentry.attempts()).isEqualTo(1);
  }

  @Test
  void send_interrupted_stopsAndKeepsTheFlag() {
    sentry.replyNext(Reply.stalled(Duration.ofSeconds(20)));
    Thread.currentThread().interrupt();

    assertThat(send(SECOND)).isEqualTo(new Unanswered(Cause.INTERRUPTED));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void tls_isOf12Or13Alone() {
    try (SentryHttp real = new SentryHttp(InstantSource.system(), System::nanoTime)) {
      assertThat(real.tlsProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
    }
  }

  private static void is(Answered answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
  }
}
