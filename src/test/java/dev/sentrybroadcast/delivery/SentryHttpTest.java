package dev.sentrybroadcast.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sentrybroadcast.delivery.HttpAnswer.Answered;
import dev.sentrybroadcast.delivery.HttpAnswer.Cause;
import dev.sentrybroadcast.delivery.HttpAnswer.Unanswered;
import dev.sentrybroadcast.http.HttpPost;
import dev.sentrybroadcast.http.NameResolver;
import dev.sentrybroadcast.http.OldTls;
import dev.sentrybroadcast.http.Origin;
import dev.sentrybroadcast.http.TestAuthority;
import dev.sentrybroadcast.http.TlsServer;
import dev.sentrybroadcast.local.Reply;
import dev.sentrybroadcast.local.SentryStandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    return http.send(request(sentry.tracesEndpoint("1")), timeout);
  }

  private static HttpPost request(URI uri) {
    return HttpPost.to(uri).body(new byte[] {'x'}, 0, 1);
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
  void send_connectedAhead_takesThatConnection() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(1_000);
      URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
      http.connectAhead(Origin.of(uri), SECOND);
      http.connectAhead(Origin.of(uri), SECOND);
      try (Socket connection = server.accept()) {
        Thread answering = Thread.ofVirtual().start(() -> answer(connection));

        assertThat(http.send(request(uri), Duration.ofSeconds(10)))
            .isInstanceOfSatisfying(Answered.class, a -> is(a, 204));
        answering.join();
      }
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  /** Whatever was asked. */
  private static void answer(Socket connection) {
    try {
      connection.getInputStream().read();
      connection.getOutputStream().write("HTTP/1.1 204 OK\r\n\r\n".getBytes(US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void connectAhead_nobodyThere_isLeftToTheRequest() {
    sentry.stop();
    http.connectAhead(Origin.of(sentry.tracesEndpoint("1")), SECOND);

    assertThat(send(SECOND)).isEqualTo(new Unanswered(Cause.CONNECT));
  }

  @Test
  void send_stopped_isRefused() {
    sentry.stop();

    assertThat(send(SECOND)).isEqualTo(new Unanswered(Cause.CONNECT));
  }

  @Test
  void send_silence_endsInTime() {
    sentry.replyNext(Reply.stalled(Duration.ofSeconds(60)));
    long start = System.nanoTime();

    assertThat(send(Duration.ofMillis(200))).isEqualTo(new Unanswered(Cause.TIMEOUT));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
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
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
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

  /** Its thread is one of the platform's: the interrupt ends nothing before the timeout does. */
  @Test
  void send_interruptedWhileWaiting_endsInTimeAndKeepsTheFlag() throws InterruptedException {
    sentry.replyNext(Reply.stalled(Duration.ofSeconds(20)));
    AtomicReference<HttpAnswer> seen = new AtomicReference<>();
    AtomicBoolean flag = new AtomicBoolean();
    Thread sender =
        Thread.ofPlatform()
            .start(() -> {
              seen.set(send(SECOND));
              flag.set(Thread.currentThread().isInterrupted());
            });
    sentry.awaitAttempts(1, Duration.ofSeconds(20));
    sender.interrupt();
    sender.join();

    assertThat(seen.get()).isEqualTo(new Unanswered(Cause.INTERRUPTED));
    assertThat(flag).isTrue();
  }

  @Test
  void send_pooledConnectionCutInMidAnswer_isNotSentAgainHere() {
    sentry.replyNext(Reply.answer(200, ""), new Reply.Cut(Reply.answer(200, ""), 9));

    send(SECOND);
    assertThat(send(SECOND)).isEqualTo(new Unanswered(Cause.RESET));
    assertThat(sentry.attempts()).isEqualTo(2);
  }

  @Test
  void send_cutBody_isAnsweredByItsStatusOnAConnectionThatIsNotKept() {
    sentry.replyNext(new Reply.Cut(Reply.answer(403, "x".repeat(100)), 80), Reply.answer(200, ""));

    assertThat(send(SECOND)).isInstanceOfSatisfying(Answered.class, a -> is(a, 403));
    assertThat(send(SECOND)).isInstanceOfSatisfying(Answered.class, a -> is(a, 200));
    assertThat(sentry.attempts()).isEqualTo(2);
  }

  @Test
  void send_severalThreads_eachGetsItsOwnAnswer() {
    sentry.replyBy(
        request -> Reply.answer(200, "", "x-path", request.path().replace("/integration", "")));
    List<Thread> threads = new ArrayList<>();
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    for (int t = 0; t < 8; t++) {
      String project = String.valueOf(t);
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < 50; i++) {
                  HttpAnswer answer =
                      http.send(request(sentry.tracesEndpoint(project)), Duration.ofSeconds(20));
                  if (!(answer instanceof Answered answered)
                      || !answered
                          .headers()
                          .getOrDefault("x-path", List.of())
                          .equals(List.of("/api/" + project + "/otlp/v1/traces"))) {
                    wrong.add(project + " " + answer);
                  }
                }
              }));
    }
    threads.forEach(SentryHttpTest::join);

    assertThat(wrong).isEmpty();
    assertThat(sentry.attempts()).isEqualTo(400);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private SentryHttp client(NameResolver resolver, @Nullable SSLSocketFactory tls) {
    return new SentryHttp(time, System::nanoTime, resolver, tls);
  }

  @Test
  void send_nameWithoutAddress_isToldApart() {
    try (SentryHttp client =
        client(
            host -> {
              throw new UnknownHostException(host);
            },
            null)) {
      assertThat(client.send(request(URI.create("http://sentry.test/")), SECOND))
          .isEqualTo(new Unanswered(Cause.DNS));
    }
  }

  @Test
  void send_severalAddresses_takesTheOneThatListens() {
    try (SentryHttp client =
        client(
            _ ->
                new InetAddress[] {
                  InetAddress.ofLiteral("::1"), InetAddress.ofLiteral("127.0.0.1")
                },
            null)) {
      sentry.replyNext(Reply.answer(200, ""));

      assertThat(client.send(request(URI.create("http://sentry.test:" + sentry.port())), SECOND))
          .isInstanceOfSatisfying(Answered.class, a -> is(a, 200));
    }
  }

  @Test
  void tls_isOf12Or13Alone(@TempDir Path folder) throws IOException {
    TestAuthority authority = new TestAuthority(folder);
    try (TlsServer server = TlsServer.start(authority.issue("right", "sentry.test"));
        SentryHttp client =
            client(SentryHttpTest::loopback, new OldTls(authority.trustingClient()))) {
      HttpPost request = request(URI.create("https://sentry.test:" + server.port() + "/"));

      assertThat(client.send(request.body(new byte[0], 0, 0), Duration.ofSeconds(20)))
          .isInstanceOfSatisfying(Answered.class, a -> is(a, 200));
      assertThat(client.send(request, Duration.ofSeconds(20)))
          .isInstanceOfSatisfying(Answered.class, a -> is(a, 200));
      assertThat(server.connections()).isEqualTo(1);
      assertThat(server.namesAskedFor()).containsExactly("sentry.test");
      assertThat(server.protocols()).containsExactly("TLSv1.3");
    }
  }

  @Test
  void tls_certificateForAnotherName_isToldApartAndNotSentTo(@TempDir Path folder)
      throws IOException {
    TestAuthority authority = new TestAuthority(folder);
    try (TlsServer server = TlsServer.start(authority.issue("other", "other.test"));
        SentryHttp client = client(SentryHttpTest::loopback, authority.trustingClient())) {
      assertThat(
              client.send(
                  request(URI.create("https://sentry.test:" + server.port())),
                  Duration.ofSeconds(20)))
          .isEqualTo(new Unanswered(Cause.TLS));
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void tls_ofTheJvm_doesNotTrustAnybody(@TempDir Path folder) throws IOException {
    try (TlsServer server =
            TlsServer.start(new TestAuthority(folder).issue("right", "sentry.test"));
        SentryHttp client = client(SentryHttpTest::loopback, null)) {
      assertThat(
              client.send(
                  request(URI.create("https://sentry.test:" + server.port())),
                  Duration.ofSeconds(20)))
          .isEqualTo(new Unanswered(Cause.TLS));
    }
  }

  private static InetAddress[] loopback(String host) {
    return new InetAddress[] {InetAddress.getLoopbackAddress()};
  }

  private static void is(Answered answer, int status) {
    assertThat(answer.status()).isEqualTo(status);
  }
}
