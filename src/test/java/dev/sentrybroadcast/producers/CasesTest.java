package dev.sentrybroadcast.producers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages of public bug reports, with their right values in {@code NN-name.expected.json}. */
final class CasesTest {

  private static final Path CASES = Path.of("src/test/resources/cases");
  private static final Report REPORT = new Report("cases");

  static Stream<String> cases() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json") && !name.endsWith(".expected.json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void message_ofABugReport_hasItsRightValues(String name) throws IOException {
    String message = Files.readString(CASES.resolve(name + ".json"));
    JsonNode expected =
        JsonMapper.shared().readTree(Files.readString(CASES.resolve(name + ".expected.json")));
    assertThat(REPORT.add(name, expected, message)).isEmpty();
  }

  @AfterAll
  static void report() {
    REPORT.write();
  }
}
