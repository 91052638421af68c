package dev.sentrybroadcast.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.local.Reply;
import dev.sentrybroadcast.local.SentryStandIn;
import dev.sentrybroadcast.sentry.HttpResult.Cause;
import dev.sentrybroadcast.sentry.HttpResult.NoResponse;
import dev.sentrybroadcast.sentry.HttpResult.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SentryHttpClientTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

  private final SentryStandIn sentry = SentryStandIn.start();
  private final SentryHttpClient client = new SentryHttpClient(NameResolver.SYSTEM, null, null);

  @AfterEach
  void close() {
    client.close();
    sentry.close();
  }

  private HttpResult post(Duration timeout) {
    return post(sentry.tracesEndpoint("1"), timeout);
  }

  private HttpResult post(URI uri, Duration timeout) {
    return post(client, uri, new byte[] {'x'}, timeout);
  }

  private static HttpResult post(SentryHttpClient client, URI uri, byte[] body, Duration timeout) {
    return client.post(uri, Map.of("Content-Type", "application/x-protobuf"), body, timeout);
  }

  private static URI uri(int port) {
    return URI.create("http://sentry.test:" + port + "/");
  }

  private static void isWhole(HttpResult result, int status) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Response.class,
            response -> {
              assertThat(response.status()).isEqualTo(status);
              assertThat(response.sentWhole()).isTrue();
            });
  }

  @Test
  void post_answered_givesStatusHeadersAndBody() {
    sentry.replyNext(Reply.answer(403, "with_reason: ProjectId", "X-Sentry-Error", "no"));

    assertThat(post(LONG))
        .isInstanceOfSatisfying(
            Response.class,
            response -> {
              isWhole(response, 403);
              assertThat(response.headers()).containsEntry("x-sentry-error", List.of("no"));
              assertThat(response.body()).asString().isEqualTo("with_reason: ProjectId");
            });
  }

  @Test
  void post_keptConnectionClosedAfterTheRequest_isSentAgain() {
    sentry.replyNext(Reply.answer(200, ""), Reply.closed(), Reply.answer(202, ""));

    isWhole(post(LONG), 200);
    isWhole(post(LONG), 202);
    assertThat(sentry.attempts()).isEqualTo(3);
  }

  @Test
  void post_keptConnectionReset_isSentAgain() {
    sentry.replyNext(Reply.answer(200, ""), Reply.reset(), Reply.answer(202, ""));

    post(LONG);
    isWhole(post(LONG), 202);
  }

  @Test
  void post_keptConnectionClosedWhileFrozen_isSentOnANewOne() {
    for (int i = 0; i < 20; i++) {
      sentry.replyNext(new Reply.Stale(Reply.answer(200, "")));
      isWhole(post(LONG), 200);
    }
    assertThat(sentry.attempts()).isEqualTo(20);
  }

  @Test
  void post_serverRestarted_isSentOnANewConnection() {
    sentry.replyBy(_ -> Reply.answer(200, ""));
    isWhole(post(LONG), 200);
    sentry.stop();
    sentry.restart();

    isWhole(post(LONG), 200);
  }

  @Test
  void post_newConnectionClosed_isNotSentAgain() {
    sentry.replyBy(_ -> Reply.closed());

    assertThat(post(LONG)).isEqualTo(new NoResponse(Cause.RESET));
    assertThat(sentry.attempts()).isEqualTo(1);
  }

  @Test
  void post_connectionsEvicted_takesANewConnection() throws IOException {
    try (RawServer server = RawServer.start(SentryHttpClientTest::keepAnswering)) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/");
      isWhole(post(uri, LONG), 200);
      isWhole(post(uri, LONG), 200);
      assertThat(server.connections()).isEqualTo(1);
      client.evictConnections();

      isWhole(post(uri, LONG), 200);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  private static void keepAnswering(java.net.Socket socket) throws IOException {
    while (true) {
      RawServer.readHead(socket);
      socket.getInputStream().readNBytes(1);
      RawServer.write(socket, OK);
    }
  }

  /** A proxy may answer, and close the connection, before it has read the request. */
  @ParameterizedTest
  @ValueSource(ints = {200, 413})
  void post_answeredBeforeTheBodyWasSent_isNotSentWhole(int status) throws IOException {
    try (RawServer server =
        RawServer.start(socket -> {
          RawServer.readHead(socket);
          RawServer.write(socket, "HTTP/1.1 " + status + " So\r\ncontent-length: 0\r\n\r\n");
          socket.close();
        })) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/");

      assertThat(post(client, uri, new byte[50_000_000], LONG))
          .isInstanceOfSatisfying(
              Response.class,
              response -> {
                assertThat(response.status()).isEqualTo(status);
                assertThat(response.sentWhole()).isFalse();
              });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 503})
  void post_toldToRepeatAtOnce_isLeftToTheCaller(int status) {
    sentry.replyBy(_ -> Reply.answer(status, "", "Retry-After", "0"));

    isWhole(post(LONG), status);
    assertThat(sentry.attempts()).isEqualTo(1);
  }

  /** OkHttp takes offence at both. */
  @ParameterizedTest
  @ValueSource(ints = {407, 204})
  void post_statusThatDoesNotFitTheResponse_isTold(int status) {
    sentry.replyNext(Reply.answer(status, "x"));

    isWhole(post(LONG), status);
    assertThat(sentry.attempts()).isEqualTo(1);
  }

  @Test
  void post_bodyThatEndsAfterTheTimeout_isToldByItsStatus() {
    sentry.replyNext(new Reply.Slow(Reply.answer(403, "x".repeat(60_000)), Duration.ofMillis(2)));

    isWhole(post(Duration.ofMillis(800)), 403);
  }

  @Test
  void post_redirect_isNotFollowed() {
    sentry.replyNext(Reply.answer(307, "", "Location", sentry.origin() + "/elsewhere"));

    isWhole(post(LONG), 307);
    assertThat(sentry.attempts()).isEqualTo(1);
  }

  @Test
  void connect_nobodyThere_isLeftToTheRequest() {
    sentry.stop();
    client.connect(sentry.tracesEndpoint("1"), LONG);

    assertThat(post(LONG)).isEqualTo(new NoResponse(Cause.CONNECT));
  }

  @Test
  void post_stoppedServer_isRefused() {
    sentry.stop();

    assertThat(post(LONG)).isEqualTo(new NoResponse(Cause.CONNECT));
  }

  @Test
  void post_silence_endsInTime() {
    sentry.replyNext(Reply.stalled(Duration.ofSeconds(60)));

    assertEndsSoon(
        () -> assertThat(post(Duration.ofMillis(200))).isEqualTo(new NoResponse(Cause.TIMEOUT)));
  }

  @Test
  void post_slowHeaders_endInTime() {
    sentry.replyNext(new Reply.Slow(Reply.answer(200, "x"), Duration.ofMillis(50)));

    assertThat(post(Duration.ofMillis(300))).isEqualTo(new NoResponse(Cause.TIMEOUT));
  }

  @Test
  void post_slowBody_isToldByItsStatus() {
    // Some 60 bytes of headers, then a body that would take ten minutes.
    sentry.replyNext(new Reply.Slow(Reply.answer(403, "x".repeat(60_000)), Duration.ofMillis(10)));

    assertEndsSoon(() -> isWhole(post(LONG), 403));
  }

  @Test
  void post_requestThatIsNotRead_endsInTime() throws IOException {
    try (RawServer server = RawServer.start(RawServer::readHead)) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/");

      assertEndsSoon(() ->
          assertThat(post(client, uri, new byte[50_000_000], Duration.ofMillis(300)))
              .isEqualTo(new NoResponse(Cause.TIMEOUT)));
    }
  }

  private static void assertEndsSoon(Runnable action) {
    long start = System.nanoTime();
    action.run();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void post_longBody_isCut() {
    sentry.replyNext(Reply.answer(403, "x".repeat(1 << 20)), Reply.answer(200, ""));

    assertThat(post(LONG))
        .isInstanceOfSatisfying(
            Response.class,
            response -> assertThat(response.body()).hasSize(SentryHttpClient.MAX_BODY_BYTES));
    isWhole(post(LONG), 200);
  }

  @Test
  void post_compressedBody_isNotDecompressed() {
    sentry.replyNext(Reply.answer(200, "not gzip", "Content-Encoding", "gzip"));

    assertThat(post(LONG))
        .isInstanceOfSatisfying(
            Response.class,
            response -> assertThat(response.body()).asString().isEqualTo("not gzip"));
  }

  @Test
  void post_cutBody_isToldByItsStatus() {
    sentry.replyNext(new Reply.Cut(Reply.answer(403, "x".repeat(100)), 80), Reply.answer(200, ""));

    isWhole(post(LONG), 403);
    isWhole(post(LONG), 200);
    assertThat(sentry.attempts()).isEqualTo(2);
  }

  @Test
  void post_garbage_isToldApart() {
    sentry.replyNext(Reply.garbage());

    assertThat(post(LONG)).isEqualTo(new NoResponse(Cause.PROTOCOL));
  }

  @Test
  void post_interrupted_stopsAndKeepsTheFlag() {
    Thread.currentThread().interrupt();

    assertThat(post(LONG)).isEqualTo(new NoResponse(Cause.INTERRUPTED));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void post_interruptedWhileWaiting_stopsAndKeepsTheFlag() throws InterruptedException {
    sentry.replyNext(Reply.stalled(Duration.ofSeconds(60)));
    AtomicReference<HttpResult> seen = new AtomicReference<>();
    AtomicBoolean flag = new AtomicBoolean();
    Thread sender =
        Thread.ofPlatform()
            .start(() -> {
              seen.set(post(Duration.ofMinutes(1)));
              flag.set(Thread.currentThread().isInterrupted());
            });
    sentry.awaitAttempts(1, LONG);
    sender.interrupt();
    sender.join();

    assertThat(seen.get()).isEqualTo(new NoResponse(Cause.INTERRUPTED));
    assertThat(flag).isTrue();
  }

  @Test
  void post_severalThreads_eachGetsItsOwnResponse() throws InterruptedException {
    sentry.replyBy(request -> Reply.answer(200, request.path()));
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    List<Thread> threads =
        IntStream.range(0, 8)
            .mapToObj(t -> sentry.tracesEndpoint(String.valueOf(t)))
            .map(uri ->
                Thread.ofPlatform()
                    .start(() -> {
                      for (int i = 0; i < 50; i++) {
                        if (!(post(uri, LONG) instanceof Response response)
                            || !new String(response.body(), java.nio.charset.StandardCharsets.UTF_8)
                                .equals(uri.getPath())) {
                          wrong.add(uri.getPath());
                        }
                      }
                    }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(wrong).isEmpty();
    assertThat(sentry.attempts()).isEqualTo(400);
  }

  @Test
  void post_nameWithoutAddress_isToldApart() {
    NameResolver none =
        host -> {
          throw new UnknownHostException(host);
        };
    assertThat(post(client.withNames(none), uri(sentry.port()), new byte[0], LONG))
        .isEqualTo(new NoResponse(Cause.DNS));
    assertThat(post(client.withNames(_ -> List.of()), uri(sentry.port()), new byte[0], LONG))
        .isEqualTo(new NoResponse(Cause.DNS));
  }

  @Test
  void post_refusedAddress_isNotConnectedTo() {
    NameResolver refusing =
        _ -> {
          throw new NameResolver.RefusedAddressException();
        };

    assertThat(post(client.withNames(refusing), uri(sentry.port()), new byte[0], LONG))
        .isEqualTo(new NoResponse(Cause.REFUSED_ADDRESS));
    assertThat(sentry.attempts()).isZero();
  }

  @Test
  void post_silentNameService_endsInTime() {
    CountDownLatch end = new CountDownLatch(1);
    NameResolver silent =
        host -> {
          try {
            end.await();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException(host);
        };

    assertEndsSoon(() ->
        assertThat(
                post(
                    client.withNames(silent),
                    uri(sentry.port()),
                    new byte[0],
                    Duration.ofMillis(100)))
            .isEqualTo(new NoResponse(Cause.TIMEOUT)));
    end.countDown();
  }

  @Test
  void post_urlThatCannotBeRequested_isToldApart() {
    assertThat(post(URI.create("ftp://sentry.test/"), LONG))
        .isEqualTo(new NoResponse(Cause.INVALID_URL));
  }

  @Test
  void post_deadAddressFirst_takesTheOneThatListens() {
    sentry.replyNext(Reply.answer(200, ""));
    NameResolver two =
        _ -> List.of(InetAddress.ofLiteral("127.0.0.2"), InetAddress.ofLiteral("127.0.0.1"));

    isWhole(post(client.withNames(two), uri(sentry.port()), new byte[0], LONG), 200);
  }

  @Test
  void post_hostWithTrailingDot_isRequestedWithoutIt() {
    sentry.replyNext(Reply.answer(200, ""));
    Queue<String> hosts = new ConcurrentLinkedQueue<>();
    NameResolver loopback =
        host -> {
          hosts.add(host);
          return List.of(InetAddress.ofLiteral("127.0.0.1"));
        };

    isWhole(
        post(
            client.withNames(loopback),
            URI.create("http://sentry.test.:" + sentry.port() + "/"),
            new byte[0],
            LONG),
        200);
    assertThat(hosts).containsExactly("sentry.test");
  }
}
