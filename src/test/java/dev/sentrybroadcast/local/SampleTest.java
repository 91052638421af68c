package dev.sentrybroadcast.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SampleTest {

  @Test
  void bodies_queueEventOrNot() {
    assertThat(Sample.bodies("{\"Records\":[{\"body\":\"a\"},{\"body\":\"b\"}]}"))
        .containsExactly("a", "b");
    assertThat(Sample.bodies("{\"version\":\"2.0\"}")).isEmpty();
    assertThat(Sample.bodies("[]")).isEmpty();
  }

  @Test
  void distinct_sameBodyInTwoFiles_namedAfterTheSmallerAndFailsIfEitherDoes() {
    assertThat(
            Sample.distinct(
                Map.of(
                    "batch.json",
                    List.of("a", "b", "x"),
                    "one.json",
                    List.of("a"),
                    "malformed.json",
                    List.of("x", "y"))))
        .containsExactlyInAnyOrder(
            new Sample("one.json", "a", false),
            new Sample("batch.json", "b", false),
            new Sample("malformed.json", "x", true),
            new Sample("malformed.json", "y", true));
  }
}
