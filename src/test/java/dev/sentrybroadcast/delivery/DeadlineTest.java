package dev.sentrybroadcast.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DeadlineTest {

  private final FakeTime time = new FakeTime();

  @Test
  void remaining_isLessTheReserveAndNeverNegative() {
    Deadline deadline = Deadline.in(Duration.ofSeconds(5), time);
    assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(4));
    assertThat(deadline.isOver()).isFalse();

    time.advance(Duration.ofSeconds(4));
    assertThat(deadline.remaining()).isZero();
    assertThat(deadline.isOver()).isTrue();

    time.advance(Duration.ofHours(4));
    assertThat(deadline.remaining()).isZero();
  }

  @Test
  void remaining_clockNearItsEnd_isRight() {
    long[] now = {Long.MAX_VALUE - 5};
    Deadline deadline = Deadline.in(Duration.ofSeconds(3), () -> now[0]);
    now[0] += 1_000_000_000;
    assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void shareOf_dividesWhatIsLeft() {
    Deadline deadline = Deadline.in(Duration.ofSeconds(31), time);
    assertThat(deadline.shareOf(3).remaining()).isEqualTo(Duration.ofSeconds(10));
    assertThat(deadline.shareOf(1).remaining()).isEqualTo(Duration.ofSeconds(30));
    time.advance(Duration.ofSeconds(40));
    assertThat(deadline.shareOf(2).isOver()).isTrue();
  }

  @Test
  void sendTimeout_isTenSecondsOrWhatIsLeft() {
    assertThat(Retries.sendTimeout(Deadline.in(Duration.ofSeconds(60), time)))
        .isEqualTo(Duration.ofSeconds(10));
    assertThat(Retries.sendTimeout(Deadline.in(Duration.ofSeconds(8), time)))
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(Retries.sendTimeout(Deadline.in(Duration.ofMillis(1099), time))).isNull();
    assertThat(Retries.sendTimeout(Deadline.in(Duration.ZERO, time))).isNull();
  }
}
