package dev.sentrybroadcast.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SamplingTest {

  private static final int KEYS = 100_000;

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.99})
  void keeps_manyKeys_keepsTheRate(double rate) {
    long kept = IntStream.range(0, KEYS).filter(i -> Sampling.keeps(rate, "session_" + i)).count();

    // Five standard deviations of a binomial; the keys are fixed, so this never flickers.
    double deviation = Math.sqrt(rate * (1 - rate) / KEYS);
    assertThat((double) kept / KEYS).isCloseTo(rate, within(5 * deviation));
  }

  @Test
  void keeps_higherRate_keepsWhatALowerOneKeeps() {
    double[] rates = {0, 0.1, 0.2, 0.5, 0.9, 1};
    for (int i = 0; i < KEYS; i++) {
      String key = "session_" + i;
      boolean before = false;
      for (double rate : rates) {
        boolean kept = Sampling.keeps(rate, key);
        assertThat(kept || !before).isTrue();
        before = kept;
      }
    }
  }

  @Test
  void keeps_rateZeroAndOne_areExact() {
    for (int i = 0; i < KEYS; i++) {
      assertThat(Sampling.keeps(0, "k" + i)).isFalse();
      assertThat(Sampling.keeps(1, "k" + i)).isTrue();
    }
  }

  /** Computed apart, from {@code sha256sum}: other machines and releases must agree. */
  @ParameterizedTest
  @CsvSource({
    "session_abc, 0.6893",
    "user_12345,  0.8137",
    "'',          0.8894",
  })
  void position_knownKey_neverChanges(String key, double position) {
    assertThat(Sampling.position(key)).isCloseTo(position, within(0.0001));
  }

  @Test
  void position_loneSurrogate_isStable() {
    assertThat(Sampling.position("a\uD83D")).isEqualTo(Sampling.position("a?"));
  }
}
