package dev.sentrybroadcast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HttpConnectionTest {

  private static final BodyBound BOUND = new BodyBound(100, 60_000);
  private static final byte[] LONG = new byte[8 << 20];

  static {
    new Random(7).nextBytes(LONG);
  }

  private static TimeLimit in(Duration time) {
    return TimeLimit.in(time, System::nanoTime);
  }

  private static HttpConnection connect(Origin origin) throws IOException {
    return HttpConnection.connect(
        origin, new InetAddress[] {InetAddress.getLoopbackAddress()}, in(Duration.ofSeconds(20)));
  }

  private static HttpPost post(Origin origin) {
    return new HttpPost(origin, "/x").header("A", "b").body(LONG, 1, LONG.length - 2);
  }

  private static void answer(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static void assertEndsInTime(HttpConnection connection) throws InterruptedException {
    long start = System.nanoTime();
    assertThatThrownBy(
            () -> connection.post(post(connection.origin()), in(Duration.ofMillis(300)), BOUND))
        .isInstanceOf(SocketTimeoutException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("write-watch")) {
        assertThat(thread.join(Duration.ofSeconds(15))).isTrue();
      }
    }
  }

  @Test
  void post_farEndThatNeverReads_endsInTime() throws Exception {
    try (FarEnd silent = FarEnd.start(_ -> {});
        HttpConnection connection = connect(silent.origin())) {
      assertEndsInTime(connection);
    }
  }

  @Test
  void post_farEndThatNeverReadsBehindTls_endsInTime(@TempDir Path folder) throws Exception {
    TestAuthority authority = new TestAuthority(folder);
    try (FarEnd silent =
            FarEnd.start(
                authority.issue("far", "far.test").getServerSocketFactory(),
                socket -> ((SSLSocket) socket).startHandshake());
        HttpConnection connection = connect(silent.origin("far.test"))) {
      connection.secure(authority.trustingClient(), in(Duration.ofSeconds(20)));
      assertEndsInTime(connection);
    }
  }

  @Test
  void post_longBody_arrivesWholeAfterItsHead() throws Exception {
    BlockingQueue<byte[]> bodies = new ArrayBlockingQueue<>(1);
    BlockingQueue<String> heads = new ArrayBlockingQueue<>(1);
    try (FarEnd reader =
            FarEnd.start(socket -> {
              heads.add(FarEnd.readHead(socket));
              bodies.add(socket.getInputStream().readNBytes(LONG.length - 2));
              answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            });
        HttpConnection connection = connect(reader.origin())) {
      Answer answer = connection.post(post(reader.origin()), in(Duration.ofSeconds(20)), BOUND);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).asString().isEqualTo("ok");
      assertThat(answer.reusable()).isTrue();
      assertThat(heads.remove())
          .isEqualTo(
              "POST /x HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nA: b\r\nContent-Length: %d\r\n\r\n"
                  .formatted(reader.origin().port(), LONG.length - 2));
      assertThat(Arrays.equals(bodies.remove(), Arrays.copyOfRange(LONG, 1, LONG.length - 1)))
          .isTrue();
    }
  }

  /** As of servers with a size limit: they do not wait for what they will not take. */
  @Test
  void post_answeredAndClosedBeforeTheBodyIsRead_isAnswered() throws Exception {
    try (FarEnd strict =
            FarEnd.start(socket -> {
              FarEnd.readHead(socket);
              answer(socket, "HTTP/1.1 413 x\r\nContent-Length: 0\r\n\r\n");
              socket.close();
            });
        HttpConnection connection = connect(strict.origin())) {
      Answer answer = connection.post(post(strict.origin()), in(Duration.ofSeconds(20)), BOUND);

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.reusable()).isFalse();
    }
  }

  @Test
  void post_bodyThatDoesNotCome_isAnsweredByItsStatus() throws Exception {
    try (FarEnd slow =
            FarEnd.start(
                socket -> answer(socket, "HTTP/1.1 403 x\r\nContent-Length: 9\r\n\r\nab"));
        HttpConnection connection = connect(slow.origin())) {
      long start = System.nanoTime();
      Answer answer =
          connection.post(
              new HttpPost(slow.origin(), "/"),
              in(Duration.ofSeconds(20)),
              new BodyBound(100, 100));

      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.body()).asString().isEqualTo("ab");
      assertThat(answer.broken()).isInstanceOf(SocketTimeoutException.class);
      assertThat(answer.reusable()).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }
  }

  @Test
  void isSilent_tellsNothingFromSomething() throws Exception {
    BlockingQueue<String> answers = new ArrayBlockingQueue<>(2);
    answers.add("");
    answers.add("HTTP/1.1 2");
    try (FarEnd broken =
        FarEnd.start(socket -> {
          FarEnd.readHead(socket);
          answer(socket, answers.remove());
          socket.close();
        })) {
      assertThat(failed(broken.origin()).isSilent()).isTrue();
      assertThat(failed(broken.origin()).isSilent()).isFalse();
    }
  }

  private static HttpConnection failed(Origin origin) throws IOException {
    try (HttpConnection connection = connect(origin)) {
      assertThatThrownBy(
              () -> connection.post(new HttpPost(origin, "/"), in(Duration.ofSeconds(20)), BOUND))
          .isInstanceOf(IOException.class);
      return connection;
    }
  }

  @Test
  void connect_firstAddressRefuses_takesTheNext() throws Exception {
    BlockingQueue<Socket> accepted = new ArrayBlockingQueue<>(1);
    InetAddress refusing = InetAddress.ofLiteral("::1");
    try (FarEnd end = FarEnd.start(accepted::add);
        HttpConnection _ =
            HttpConnection.connect(
                end.origin(),
                new InetAddress[] {refusing, InetAddress.getLoopbackAddress()},
                in(Duration.ofSeconds(20)))) {
      assertThat(accepted.poll(20, TimeUnit.SECONDS)).isNotNull();
    }
  }

  /**
   * The port is held, but not listened at: one that was just closed may still take a connection.
   */
  @Test
  void connect_nobodyListens_saysHowTheFirstFailed() throws Exception {
    try (Socket holder = new Socket()) {
      holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Origin closed = new Origin(false, "127.0.0.1", holder.getLocalPort());

      assertThatThrownBy(() -> connect(closed)).isInstanceOf(ConnectException.class);
      assertThatThrownBy(
              () -> HttpConnection.connect(closed, new InetAddress[0], in(Duration.ofSeconds(1))))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() ->
              HttpConnection.connect(
                  closed, new InetAddress[] {InetAddress.getLoopbackAddress()}, in(Duration.ZERO)))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  /** The JVM's own list is what Lambda's runtime client changes. */
  @Test
  void secure_socketsOfOtherProtocols_takesItsOwnList(@TempDir Path folder) throws Exception {
    TestAuthority authority = new TestAuthority(folder);
    try (TlsServer server = TlsServer.start(authority.issue("far", "far.test"));
        HttpConnection connection = connect(new Origin(true, "far.test", server.port()))) {
      connection.secure(new OldTls(authority.trustingClient()), in(Duration.ofSeconds(20)));
      connection.post(new HttpPost(connection.origin(), "/"), in(Duration.ofSeconds(20)), BOUND);

      assertThat(server.protocols()).containsExactly("TLSv1.3");
    }
  }
}
