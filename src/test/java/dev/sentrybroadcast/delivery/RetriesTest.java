package dev.sentrybroadcast.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class RetriesTest {

  private final FakeTime time = new FakeTime();
  private final Retries longest = new Retries(time, new Largest());
  private final Deadline deadline = Deadline.in(Duration.ofSeconds(30), time);

  @Test
  void backOff_growsAndEndsAfterThreeAttempts() {
    assertThat(longest.backOff(1, null, deadline)).isTrue();
    assertThat(longest.backOff(2, null, deadline)).isTrue();
    assertThat(longest.backOff(3, null, deadline)).isFalse();
    assertThat(time.pauses()).containsExactly(Duration.ofMillis(400), Duration.ofMillis(800));
  }

  @Test
  void backOff_askedForMore_waitsThatLongOrNotAtAll() {
    assertThat(longest.backOff(1, Duration.ofSeconds(5), deadline)).isTrue();
    assertThat(longest.backOff(1, Duration.ofSeconds(6), deadline)).isFalse();
    assertThat(time.pauses()).containsExactly(Duration.ofSeconds(5));
  }

  @Test
  void await_notInTheTimeLeft_doesNotWait() {
    Deadline near = Deadline.in(Duration.ofSeconds(3), time);
    assertThat(longest.await(Duration.ofSeconds(2), near)).isFalse();
    assertThat(time.pauses()).isEmpty();
    assertThat(longest.await(Duration.ofMillis(1900), near)).isTrue();
  }

  @Test
  void await_interrupted_keepsTheFlag() {
    Retries interrupted =
        new Retries(
            _ -> {
              throw new InterruptedException();
            },
            new Largest());
    assertThat(interrupted.await(Duration.ofSeconds(1), deadline)).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }

  /** Always the largest number it may. */
  private static final class Largest implements RandomGenerator {
    @Override
    public long nextLong() {
      return -1;
    }

    @Override
    public long nextLong(long bound) {
      return bound - 1;
    }
  }
}
