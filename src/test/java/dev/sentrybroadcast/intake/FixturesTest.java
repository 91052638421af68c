package dev.sentrybroadcast.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.generation.Generation;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies as providers really send them; where from stands in their SOURCES.md. */
class FixturesTest {

  static Stream<Path> pairs() {
    return Stream.of("fixtures/shapes", "fixtures/openrouter")
        .flatMap(folder -> Samples.files(folder).stream())
        .filter(file -> Samples.read(file).contains("\"request\":"))
        .filter(file -> Samples.read(file).contains("\"response\":"));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void decode_recordedPair_isAGenerationWithoutLoss(Path file) {
    Generation generation = Decoding.valid(Samples.read(file));

    assertThat(generation.corrections().droppedFields()).isEmpty();
    assertThat(generation.corrections().kinds()).isEmpty();
    assertThat(generation.model().requested()).isNotNull();
    if (generation.outcome().failure() == null) {
      assertThat(
              generation.outcome().responseId() != null
                  || generation.exchange().embeddingsInput() != null)
          .isTrue();
    }
  }
}
