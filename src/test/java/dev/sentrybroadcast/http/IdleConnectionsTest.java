package dev.sentrybroadcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class IdleConnectionsTest {

  private final BlockingQueue<Socket> accepted = new ArrayBlockingQueue<>(100);
  private final FarEnd end = FarEnd.start(accepted::add);
  private Instant now = Instant.parse("2026-11-20T12:00:00Z");
  private final IdleConnections idle = new IdleConnections(() -> now);

  @AfterEach
  void close() throws IOException {
    idle.close();
    end.close();
  }

  private HttpConnection connect() throws IOException {
    return HttpConnection.connect(
        end.origin(),
        new InetAddress[] {InetAddress.getLoopbackAddress()},
        TimeLimit.in(Duration.ofSeconds(20), System::nanoTime));
  }

  /** Its other end, which sees that it is closed. */
  private void assertClosed() throws IOException, InterruptedException {
    Socket other = accepted.poll(20, TimeUnit.SECONDS);
    assertThat(other).isNotNull();
    other.setSoTimeout(20_000);
    assertThat(other.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void take_several_isTheOneThatWasUsedLast() throws IOException {
    HttpConnection first = connect();
    HttpConnection second = connect();
    idle.keep(first);
    idle.keep(second);

    assertThat(idle.take(end.origin())).isSameAs(second);
    assertThat(idle.take(end.origin())).isSameAs(first);
    assertThat(idle.take(end.origin())).isNull();
    first.close();
    second.close();
  }

  @Test
  void take_anotherOrigin_isNone() throws IOException {
    idle.keep(connect());

    Origin origin = end.origin();
    assertThat(idle.take(new Origin(true, origin.host(), origin.port()))).isNull();
    assertThat(idle.take(new Origin(false, "localhost", origin.port()))).isNull();
    assertThat(idle.take(new Origin(false, origin.host(), origin.port() + 1))).isNull();
  }

  @Test
  void take_after25Seconds_isNoneAndItIsClosed() throws Exception {
    HttpConnection connection = connect();
    idle.keep(connection);
    now = now.plusSeconds(25);
    assertThat(idle.take(end.origin())).isSameAs(connection);
    idle.keep(connection);
    now = now.plusMillis(25_001);

    assertThat(idle.take(end.origin())).isNull();
    assertClosed();
  }

  @Test
  void take_clockThatWentBack_isNone() throws Exception {
    idle.keep(connect());
    now = now.minusMillis(1);

    assertThat(idle.take(end.origin())).isNull();
    assertClosed();
  }

  /** Such as a 408, which some servers send before they close what was idle for too long. */
  @Test
  void take_somethingCameUnasked_isNone() throws Exception {
    HttpConnection connection = connect();
    idle.keep(connection);
    Socket other = accepted.take();
    other.getOutputStream().write('H');
    while (!connection.hasUnread()) {
      Thread.onSpinWait();
    }

    assertThat(idle.take(end.origin())).isNull();
  }

  @Test
  void keep_tooMany_closesTheOldest() throws Exception {
    for (int i = 0; i < 33; i++) {
      idle.keep(connect());
    }

    assertClosed();
    int left = 0;
    for (HttpConnection c = idle.take(end.origin()); c != null; c = idle.take(end.origin())) {
      c.close();
      left++;
    }
    assertThat(left).isEqualTo(32);
  }

  @Test
  void keep_afterTheEnd_closesIt() throws Exception {
    idle.close();
    idle.keep(connect());

    assertClosed();
    assertThat(idle.take(end.origin())).isNull();
  }
}
