package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.delivery.Counter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That README says what is so. */
final class ReadmeTest {

  private static final String README = read(Path.of("README.md"));

  @Test
  void commands_ofTheFirstScreen_areWhatContinuousIntegrationRuns() {
    List<String> commands =
        README.lines().filter(line -> line.startsWith("./mvnw")).limit(2).toList();

    assertThat(commands).containsExactly("./mvnw -Plocal", "./mvnw verify");
    assertThat(read(Path.of(".ci", "run"))).contains(commands.get(0) + " ", commands.get(1));
  }

  @Test
  void version_ofBadgeAndStatus_isTheCodes() {
    assertThat(README)
        .contains("badge/version-" + Wiring.VERSION + "-")
        .contains("Status: " + Wiring.VERSION + ",");
    assertThat(read(Path.of("CHANGELOG.md"))).contains("## [" + Wiring.VERSION + "]");
  }

  @Test
  void length_isThatOfAFewScreens() {
    long words =
        README
            .lines()
            .flatMap(line -> Arrays.stream(line.split("\\s+", -1)))
            .filter(word -> word.chars().anyMatch(Character::isLetterOrDigit))
            .count();

    assertThat(words).isBetween(900L, 1_200L);
  }

  @Test
  void metrics_thatAreNamed_exist() {
    assertThat(README).contains(InvocationLog.NAMESPACE);
    for (Counter metric : List.of(Counter.AUTH_REJECTED, Counter.LAST_GOOD_SERVED)) {
      assertThat(README).contains("`" + metric.label + "`");
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(file + " cannot be read", e);
    }
  }
}
