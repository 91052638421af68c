package dev.sentrybroadcast.connection;

import static dev.sentrybroadcast.connection.Worlds.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.connection.Check.Name;
import dev.sentrybroadcast.connection.Check.Status;
import dev.sentrybroadcast.local.ReceivedSpan;
import dev.sentrybroadcast.local.Reply;
import dev.sentrybroadcast.local.SentryStandIn;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way that a connection can fail, produced for real on loopback. */
final class ConnectionTestTest {

  private final SentryStandIn sentry = SentryStandIn.start();
  private final Worlds worlds = new Worlds();

  @BeforeEach
  void allowKey() {
    sentry.allow(KEY, "456");
  }

  @AfterEach
  void stop() {
    sentry.close();
  }

  private ConnectionReport test() {
    return run(false);
  }

  private ConnectionReport run(boolean sendSample) {
    Candidate candidate =
        new Candidate(sentry.tracesEndpoint("456").toString(), sentry.dsn(KEY, "456"));
    return new ConnectionTest(Worlds.allowing(sentry.origin()), worlds.world())
        .run(candidate, sendSample);
  }

  private static List<Status> statuses(ConnectionReport report) {
    return report.checks().stream().map(Check::status).toList();
  }

  @Test
  void run_keyKnown_passesAfterFiveEmptyExportsOverFourSeconds() {
    ConnectionReport report = test();

    assertThat(report.status()).isEqualTo(ConnectionReport.Status.PASSED);
    assertThat(report.checks()).extracting(Check::name).containsExactly(Name.values());
    assertThat(statuses(report))
        .containsExactly(
            Status.PASSED,
            Status.PASSED,
            Status.PASSED,
            Status.PASSED,
            Status.PASSED,
            Status.SKIPPED);
    assertThat(worlds.paused()).isEqualTo(Duration.ofSeconds(4));
    assertThat(sentry.requests()).hasSize(5);
    assertThat(sentry.requests()).allMatch(request -> request.body().length == 0);
    assertThat(sentry.spans()).isEmpty();
    assertThat(report.latencyMillis()).isNotNull().isBetween(0L, 5_000L);
    assertThat(report.endpointHost()).isEqualTo("127.0.0.1");
    assertThat(report.projectId()).isEqualTo("456");
    assertThat(report.sampleTraceId()).isNull();
  }

  /** Each check stands under its own name, whichever were done. */
  @Test
  void run_interrupted_saysSoAtTheStepThatWasInterrupted() {
    Thread.currentThread().interrupt();

    ConnectionReport report = test();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.checks()).extracting(Check::name).containsExactly(Name.values());
    assertThat(statuses(report))
        .containsExactly(
            Status.PASSED,
            Status.PASSED,
            Status.PASSED,
            Status.FAILED,
            Status.SKIPPED,
            Status.SKIPPED);
    assertThat(Worlds.check(report, Name.REACH).seen()).isEqualTo("The test was interrupted.");
  }

  @Test
  void run_sampleAskedFor_sendsOneSpanThatSaysItIsATest() {
    ConnectionReport report = run(true);

    assertThat(report.status()).isEqualTo(ConnectionReport.Status.PASSED);
    assertThat(sentry.spans()).hasSize(1);
    ReceivedSpan span = sentry.spans().getFirst();
    assertThat(span.name()).isEqualTo("sentry-broadcast connection test");
    assertThat(span.traceId()).isEqualTo(report.sampleTraceId());
    assertThat(span.attributes()).containsEntry("broadcast.connection_test", true);
    assertThat(span.attributes().keySet()).noneMatch(name -> name.startsWith("gen_ai."));
    assertThat(run(true).sampleTraceId()).isNotEqualTo(report.sampleTraceId());
  }

  @Test
  void run_sampleRejected_fails() {
    sentry.replyBy(request -> request.body().length == 0 ? Reply.asRelay() : Reply.status(413));

    ConnectionReport report = run(true);

    assertThat(report.status()).isEqualTo(ConnectionReport.Status.FAILED);
    assertThat(Worlds.check(report, Name.SAMPLE).status()).isEqualTo(Status.FAILED);
    assertThat(report.sampleTraceId()).isNull();
  }

  @Test
  void run_sampleThrottled_isInconclusive() {
    sentry.replyBy(request -> request.body().length == 0 ? Reply.asRelay() : Reply.status(429));

    assertThat(run(true).status()).isEqualTo(ConnectionReport.Status.INCONCLUSIVE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void run_refusedOnceTheCacheIsWarm_fails(int acceptedBefore) {
    sentry.refuse(KEY);
    sentry.coldFor(acceptedBefore);

    ConnectionReport report = test();

    assertThat(report.status()).isEqualTo(ConnectionReport.Status.FAILED);
    Check accept = Worlds.check(report, Name.ACCEPT);
    assertThat(accept.seen())
        .contains("After " + acceptedBefore + " accepted")
        .contains("403")
        .contains("with_reason: ProjectId");
    assertThat(accept.action()).contains("Copy DSN and endpoint again");
    assertThat(sentry.attempts()).isEqualTo(acceptedBefore + 1);
  }

  @ParameterizedTest
  @CsvSource({
    "400, key or project id are not those",
    "401, the key did not arrive",
    "403, does not accept this key",
    "404, no such path",
    "405, does not accept OTLP",
    "413, too large",
    "415, does not accept OTLP",
    "302, redirects are not followed",
    "307, redirects are not followed",
    "418, did not accept",
  })
  void run_rejected_failsAtOnceAndSaysWhy(int status, String meaning) {
    sentry.replyBy(_ -> Reply.status(status, "location", "http://127.0.0.1:1/"));

    ConnectionReport report = test();

    assertThat(report.status()).isEqualTo(ConnectionReport.Status.FAILED);
    Check accept = Worlds.check(report, Name.ACCEPT);
    assertThat(accept.status()).isEqualTo(Status.FAILED);
    assertThat(accept.seen()).contains(String.valueOf(status)).contains(meaning);
    assertThat(accept.action()).isNotBlank();
    assertThat(sentry.attempts()).isEqualTo(1);
    assertThat(worlds.pauses).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Cors, Allowed Domains",
    "MissingSignature, trusted Relay",
    "FeatureDisabled, Enable it"
  })
  void run_forbiddenForAnotherReason_saysWhatToDo(String reason, String action) {
    sentry.replyBy(_ ->
        Reply.answer(
            403,
            "{\"detail\":\"event submission rejected with_reason: " + reason + "\"}",
            "content-type",
            "application/json"));

    assertThat(Worlds.check(test(), Name.ACCEPT).action()).contains(action);
  }

  @Test
  void run_throttled_isInconclusive() {
    sentry.replyBy(_ -> Reply.status(429, "retry-after", "60"));

    ConnectionReport report = test();

    assertThat(report.status()).isEqualTo(ConnectionReport.Status.INCONCLUSIVE);
    Check accept = Worlds.check(report, Name.ACCEPT);
    assertThat(accept.status()).isEqualTo(Status.WARNING);
    assertThat(accept.seen()).contains("the key works, but its quota is used up");
    assertThat(sentry.attempts()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void run_serverErrorEachTime_fails(int status) {
    sentry.replyBy(_ -> Reply.status(status));

    ConnectionReport report = test();

    assertThat(report.status()).isEqualTo(ConnectionReport.Status.FAILED);
    assertThat(Worlds.check(report, Name.ACCEPT).seen()).contains("5 answered with a server error");
    assertThat(sentry.attempts()).isEqualTo(5);
  }

  @Test
  void run_serverErrorOnce_warns() {
    sentry.replyNext(Reply.status(503));

    ConnectionReport report = test();

    assertThat(report.status()).isEqualTo(ConnectionReport.Status.PASSED);
    assertThat(Worlds.check(report, Name.ACCEPT).status()).isEqualTo(Status.WARNING);
  }

  @ParameterizedTest
  @CsvSource({"1, FAILED", "3, WARNING"})
  void run_garbageAfterSomeWereAccepted_failsUnlessTheyWereEnough(int accepted, Status status) {
    for (int i = 0; i < accepted; i++) {
      sentry.replyNext(Reply.asRelay());
    }
    sentry.replyBy(_ -> Reply.garbage());

    Check accept = Worlds.check(test(), Name.ACCEPT);

    assertThat(accept.status()).isEqualTo(status);
    assertThat(accept.seen()).startsWith("After " + accepted + " accepted");
  }

  @ParameterizedTest
  @CsvSource({"1500, 1", "2000, 2"})
  void run_littleTimeLeft_isInconclusive(long millis, int exports) {
    worlds.within(Duration.ofMillis(millis));

    ConnectionReport report = run(true);

    assertThat(report.status()).isEqualTo(ConnectionReport.Status.INCONCLUSIVE);
    Check accept = Worlds.check(report, Name.ACCEPT);
    assertThat(accept.status()).isEqualTo(Status.WARNING);
    assertThat(accept.seen()).contains("only " + exports + " empty export");
    assertThat(accept.action()).startsWith("Test again");
    assertThat(Worlds.check(report, Name.SAMPLE).status()).isEqualTo(Status.SKIPPED);
    assertThat(sentry.spans()).isEmpty();
  }

  @Test
  void run_htmlPage_isNotQuoted() {
    sentry.replyBy(
        _ -> Reply.answer(404, "<html><script>x()</script>", "content-type", "text/html"));

    assertThat(Worlds.check(test(), Name.ACCEPT).seen())
        .contains("a page of HTML")
        .doesNotContain("script");
  }

  @Test
  void run_keyGivenBack_isMasked() {
    sentry.replyBy(_ -> Reply.answer(400, "no such key: " + KEY + " or " + sentry.dsn(KEY, "456")));

    assertThat(test().toString()).doesNotContain(KEY).contains("***");
  }
}
