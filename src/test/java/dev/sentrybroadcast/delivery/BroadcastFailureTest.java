package dev.sentrybroadcast.delivery;

import static dev.sentrybroadcast.delivery.Generations.plain;
import static dev.sentrybroadcast.delivery.Generations.saying;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.RecordRules;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Redaction;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.local.ReceivedRequest;
import dev.sentrybroadcast.local.Reply;
import dev.sentrybroadcast.sentry.Dsn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The failure table, row by row. */
final class BroadcastFailureTest {

  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  private QueuedMessage[] messages(int count) {
    QueuedMessage[] messages = new QueuedMessage[count];
    for (int i = 0; i < count; i++) {
      messages[i] = scene.message("m" + i, saying("r" + i, "x".repeat(1000)));
    }
    return messages;
  }

  private static boolean holds(ReceivedRequest request, String recordId) {
    return request.spans().stream().anyMatch(s -> recordId.equals(s.text("broadcast.record.id")));
  }

  @Test
  void deliver_413_halvesDownToTheRecordAndCutsItHarder() {
    scene.sentry.replyBy(
        request -> request.body().length > 6_000 ? Reply.status(413) : Reply.asRelay());
    QueuedMessage[] messages = messages(8);
    messages[5] = scene.message("m5", saying("r5", "y".repeat(20_000)));

    BatchReport report = scene.deliver(messages);

    assertThat(report.returned()).isEmpty();
    assertThat(report.count(Counter.CUT_HARDER)).isEqualTo(1);
    assertThat(scene.received()).containsExactly("r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7");
  }

  @Test
  void deliver_413ForOneRecordWhateverItsSize_returnsItAlone() {
    scene.sentry.replyBy(request -> holds(request, "r2") ? Reply.status(413) : Reply.asRelay());

    BatchReport report = scene.deliver(messages(5));

    assertThat(Scene.reasons(report)).isEqualTo(Map.of("m2", Reason.TOO_LARGE));
    assertThat(scene.receivedOnce()).containsExactly("r0", "r1", "r3", "r4");
  }

  @Test
  void deliver_overOurOwnLimit_isNeverSent() {
    scene.maxRequestBytes = 8_000;

    BatchReport report = scene.deliver(messages(20));

    assertThat(report.returned()).isEmpty();
    assertThat(scene.received()).hasSize(20).doesNotHaveDuplicates();
    assertThat(scene.sentry.requests())
        .hasSizeBetween(4, 8)
        .allSatisfy(request -> assertThat(request.body().length).isLessThanOrEqualTo(8_000));
  }

  @Test
  void deliver_oneRecordOverOurOwnLimit_isCutHarderOrReturned() {
    scene.maxRequestBytes = 8_000;

    BatchReport report =
        scene.deliver(
            scene.message("m1", saying("r1", "z".repeat(30_000))),
            scene.message("m2", plain("r2")));

    assertThat(report.returned()).isEmpty();
    assertThat(report.count(Counter.CUT_HARDER)).isEqualTo(1);
    assertThat(scene.receivedOnce()).containsExactly("r1", "r2");

    scene.sentry.forget();
    try (Scene tiny = new Scene()) {
      tiny.maxRequestBytes = 300;
      assertThat(Scene.reasons(tiny.deliver(tiny.message("m1", plain("r1")))))
          .isEqualTo(Map.of("m1", Reason.TOO_LARGE));
      assertThat(tiny.sentry.attempts()).isZero();
    }
  }

  @Test
  void deliver_anyFailure_leavesTheExportersLogEmpty() {
    List<String> lines = new ArrayList<>();
    Handler handler = new Lines(lines);
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    try {
      scene.sentry.replyNext(Reply.status(500), Reply.closed(), Reply.status(404));
      assertThat(scene.deliver(messages(1)).returned()).hasSize(1);
    } finally {
      root.removeHandler(handler);
    }
    assertThat(lines).isEmpty();
  }

  /** Keeps what is logged by OpenTelemetry. */
  private static final class Lines extends Handler {
    private final List<String> lines;

    private Lines(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord line) {
      if (line.getLoggerName() != null && line.getLoggerName().startsWith("io.opentelemetry")) {
        lines.add(line.getLoggerName());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 408})
  void deliver_serverFault_isTriedThreeTimesAndReturned(int status) {
    scene.sentry.replyBy(_ -> Reply.status(status));

    BatchReport report = scene.deliver(messages(2));

    assertThat(Scene.reasons(report))
        .isEqualTo(Map.of("m0", Reason.UNAVAILABLE, "m1", Reason.UNAVAILABLE));
    assertThat(report.returned().getFirst().detail()).isEqualTo("default: HTTP " + status);
    assertThat(report.count(Counter.REQUESTS)).isEqualTo(3);
    assertThat(scene.time.pauses())
        .hasSize(2)
        .allSatisfy(pause -> assertThat(pause).isLessThanOrEqualTo(Duration.ofMillis(800)));
  }

  @Test
  void deliver_serverFaultThatPasses_isDelivered() {
    scene.sentry.replyNext(Reply.status(503), Reply.reset());

    assertThat(scene.deliver(messages(2)).returned()).isEmpty();
    assertThat(scene.received()).containsExactly("r0", "r1");
  }

  @Test
  void deliver_503WithRetryAfter_waitsAtLeastThatLong() {
    scene.sentry.replyNext(Reply.status(503, "Retry-After", "3"));

    assertThat(scene.deliver(messages(1)).returned()).isEmpty();
    assertThat(scene.time.pauses()).containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void deliver_afterThreeFailures_sendsNothingMoreThere() {
    scene.maxRequestBytes = 3_000;
    scene.sentry.replyBy(_ -> Reply.status(502));

    BatchReport report = scene.deliver(messages(6));

    assertThat(report.returned()).hasSize(6);
    assertThat(scene.sentry.attempts()).isEqualTo(3);
  }

  @Test
  void deliver_noTimeForAnotherAttempt_givesUp() {
    scene.sentry.replyBy(_ -> Reply.status(503, "Retry-After", "4"));

    BatchReport report = scene.deliver(Duration.ofSeconds(4), messages(1));

    assertThat(Scene.reasons(report)).isEqualTo(Map.of("m0", Reason.UNAVAILABLE));
    assertThat(scene.sentry.attempts()).isEqualTo(1);
    assertThat(scene.time.pauses()).isEmpty();
  }

  @Test
  void deliver_refused_isReturned() {
    scene.sentry.stop();

    BatchReport report = scene.deliver(messages(1));

    assertThat(report.returned())
        .containsExactly(
            new ReturnedMessage("m0", Reason.UNAVAILABLE, "default: the connection was refused"));
  }

  @Test
  void deliver_hostUnknownOrNotTls_saysWhich() {
    scene.destinations.put(elsewhere("dns", "https://sentry.invalid/api/1/otlp/v1/traces"));
    scene.destinations.put(
        elsewhere("tls", "https://127.0.0.1:" + scene.sentry.port() + "/api/1/otlp/v1/traces"));

    BatchReport report =
        scene.deliver(
            scene.message("m1", plain("r1", "dns")), scene.message("m2", plain("r2", "tls")));

    assertThat(report.returned())
        .extracting(ReturnedMessage::detail)
        .containsExactly("dns: the host's name does not resolve", "tls: TLS failed");
  }

  private Destination elsewhere(String name, String endpoint) {
    return new Destination(
        name,
        URI.create(endpoint),
        Dsn.parse(scene.sentry.dsn(Scene.KEY, Scene.PROJECT)),
        PrivacyMode.OFF,
        false,
        Redaction.NONE,
        RecordRules.ALL);
  }

  @Test
  void deliver_brokenAnswers_areTriedAgain() {
    scene.sentry.replyNext(Reply.halfClosed(), Reply.garbage());
    assertThat(scene.deliver(scene.message("m1", plain("r1"))).returned()).isEmpty();

    scene.sentry.replyNext(Reply.closed(), Reply.closed(), Reply.garbage());
    assertThat(scene.deliver(scene.message("m2", plain("r2"))).returned()).isEmpty();

    assertThat(scene.received()).containsExactly("r1", "r2");
  }

  @Test
  void deliver_noAnswer_endsWithTheDeadline() {
    scene.sentry.replyBy(_ -> Reply.stalled(Duration.ofSeconds(90)));
    long start = System.nanoTime();

    // Its own clock stands still: three attempts of 300 ms.
    BatchReport report = scene.deliver(Duration.ofMillis(1900), messages(1));

    assertThat(report.returned())
        .containsExactly(
            new ReturnedMessage("m0", Reason.UNAVAILABLE, "default: no response in time"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
  }

  @Test
  void deliver_acceptedButSlowOrCutBody_isAccepted() {
    scene.sentry.replyNext(
        Reply.answer(200, "x".repeat(100_000)), new Reply.Cut(Reply.answer(200, "{}"), 45));

    assertThat(scene.deliver(scene.message("m1", plain("r1"))).returned()).isEmpty();
    assertThat(scene.deliver(scene.message("m2", plain("r2"))).returned()).isEmpty();
    assertThat(scene.sentry.attempts()).isEqualTo(2);
  }

  @Test
  void deliver_lostAnswer_repeatsTheSameSpans() {
    scene.sentry.replyNext(Reply.lost());

    assertThat(scene.deliver(scene.message("m1", plain("r1"))).returned()).isEmpty();
    assertThat(scene.sentry.spans()).hasSize(2);
    assertThat(scene.sentry.spans().get(0)).isEqualTo(scene.sentry.spans().get(1));
  }

  @Test
  void deliver_partialSuccess_isCountedAndNotRepeated() {
    // partial_success { rejected_spans: 3, error_message: "no" }
    String body = "\n\u0006\u0008\u0003\u0012\u0002no";
    scene.sentry.replyNext(Reply.answer(200, body));

    BatchReport report = scene.deliver(messages(1));

    assertThat(report.returned()).isEmpty();
    assertThat(report.count(Counter.REJECTED_SPANS)).isEqualTo(3);
    assertThat(scene.sentry.attempts()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 402, 404, 405, 410, 415, 422})
  void deliver_configurationFault_stopsSendingThere(int status) {
    scene.maxRequestBytes = 3_000;
    scene.sentry.replyBy(_ -> Reply.status(status, "Location", "http://127.0.0.1:1/"));

    BatchReport report = scene.deliver(messages(6));

    assertThat(report.returnedByReason()).isEqualTo(Map.of(Reason.REJECTED, 6L));
    assertThat(report.returned().getLast().detail()).startsWith("default: HTTP " + status + ": ");
    assertThat(scene.sentry.attempts()).isEqualTo(1);
  }

  /** Sentry parses a body only after it has answered, so a 400 is not about a record. */
  @Test
  void deliver_400_isTheFaultOfTheDestination() {
    scene.sentry.replyBy(request -> holds(request, "r3") ? Reply.status(400) : Reply.asRelay());

    BatchReport report = scene.deliver(messages(16));

    assertThat(report.returnedByReason()).isEqualTo(Map.of(Reason.REJECTED, 16L));
    assertThat(scene.sentry.attempts()).isEqualTo(1);
    assertThat(scene.received()).isEmpty();
  }

  @Test
  void deliver_acceptedBeforeTheRequestWasSentWhole_isReturned() throws IOException {
    try (ServerSocket early = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofPlatform().daemon().start(() -> answerEarly(early));
      scene.destinations.put(
          elsewhere(
              "default", "http://127.0.0.1:" + early.getLocalPort() + "/api/1/otlp/v1/traces"));
      // One request of more than the buffers of both ends hold.
      scene.maxRequestBytes = 64 << 20;
      Random random = new Random(1);
      QueuedMessage[] messages = new QueuedMessage[500];
      for (int i = 0; i < messages.length; i++) {
        byte[] bytes = new byte[25_000];
        random.nextBytes(bytes);
        messages[i] = scene.message("m" + i, saying("r" + i, HexFormat.of().formatHex(bytes)));
      }

      BatchReport report = scene.deliver(messages);

      assertThat(report.returnedByReason()).isEqualTo(Map.of(Reason.UNAVAILABLE, 500L));
    }
  }

  /** Answers when it has read the first bytes of a request, and closes the connection. */
  private static void answerEarly(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket connection = server.accept()) {
        connection.getInputStream().readNBytes(100);
        connection
            .getOutputStream()
            .write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".getBytes(US_ASCII));
      } catch (IOException _) {
        // The client closed the connection, or the test the server.
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTPS://127.0.0.1:1/v1/traces", "ftp://127.0.0.1/", "mailto:x", "/x"})
  void deliver_endpointThatCannotBeUsed_failsItsOwnRecordsAlone(String endpoint) {
    scene.destinations.put(elsewhere("odd", endpoint));

    BatchReport report =
        scene.deliver(scene.message("m1", plain("r1", "odd")), scene.message("m2", plain("r2")));

    assertThat(Scene.reasons(report)).containsOnlyKeys("m1");
    assertThat(scene.received()).containsExactly("r2");
  }

  @Test
  void deliver_destinationThatHangs_leavesTimeToTheOthers() {
    scene.sentry.allow(Scene.NEW_KEY, "99");
    scene.destinations.put(
        new Destination(
            "second",
            scene.sentry.tracesEndpoint("99"),
            Dsn.parse(scene.sentry.dsn(Scene.NEW_KEY, "99")),
            PrivacyMode.ON,
            false,
            Redaction.NONE,
            RecordRules.ALL));
    scene.sentry.replyBy(request -> {
      if (request.project().equals("99")) {
        return Reply.asRelay();
      }
      scene.time.advance(Duration.ofSeconds(9));
      return Reply.status(503);
    });

    BatchReport report =
        scene.deliver(
            Duration.ofSeconds(20),
            scene.message("m1", plain("r1")),
            scene.message("m2", plain("r2", "second")));

    assertThat(Scene.reasons(report)).containsOnlyKeys("m1");
    assertThat(scene.received()).containsExactly("r2");
  }

  @Test
  void deliverInOrder_afterAFailure_returnsTheRestOfTheGroup() {
    List<QueuedMessage> messages = new ArrayList<>();
    messages.add(scene.message("a1", "a", List.of(new Decoded.Valid(plain("ra1")))));
    messages.add(scene.message("a2", "a", List.of(new Decoded.Malformed("$", "JSON"))));
    messages.add(scene.message("a3", "a", List.of(new Decoded.Valid(plain("ra3")))));
    messages.add(scene.message("b1", "b", List.of(new Decoded.Valid(plain("rb1")))));
    QueuedMessage[] batch = messages.toArray(new QueuedMessage[0]);

    Map<String, Reason> expected = new HashMap<>();
    expected.put("a2", Reason.MALFORMED);
    expected.put("a3", Reason.GROUP_BLOCKED);
    assertThat(Scene.reasons(scene.deliverInOrder(batch))).isEqualTo(expected);
    assertThat(scene.received()).containsExactly("ra1", "rb1");

    // On a standard queue a group is a fair queue's, and blocks nothing.
    scene.sentry.forget();
    assertThat(Scene.reasons(scene.deliver(batch))).isEqualTo(Map.of("a2", Reason.MALFORMED));
    assertThat(scene.received()).containsExactly("ra1", "ra3", "rb1");
  }

  @Test
  void deliverInOrder_failureInALaterRequest_sendsNoFurtherOneOfTheGroup() {
    scene.maxRequestBytes = 3_000;
    QueuedMessage[] batch = new QueuedMessage[4];
    for (int i = 0; i < 4; i++) {
      batch[i] =
          scene.message(
              "m" + i, "a", List.of(new Decoded.Valid(saying("r" + i, "x".repeat(1500)))));
    }
    scene.sentry.replyBy(request -> holds(request, "r1") ? Reply.status(413) : Reply.asRelay());

    assertThat(Scene.reasons(scene.deliverInOrder(batch)))
        .isEqualTo(
            Map.of("m1", Reason.TOO_LARGE, "m2", Reason.GROUP_BLOCKED, "m3", Reason.GROUP_BLOCKED));
    assertThat(scene.received()).containsExactly("r0");
  }
}
