package dev.sentrybroadcast.producers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Messages of public bug reports, with their right values in {@code NN-name.expected.json}. */
final class CasesTest {

  private static final Path CASES = Path.of("src/test/resources/cases");
  private static final Report REPORT = new Report("cases");

  static List<String> cases() throws IOException {
    return RecordingsTest.names(CASES);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void message_ofABugReport_hasItsRightValues(String name) throws IOException {
    String message = Files.readString(CASES.resolve(name + ".json"));
    String expected = Files.readString(CASES.resolve(name + ".expected.json"));
    assertThat(REPORT.add(name, JsonMapper.shared().readTree(expected), message)).isEmpty();
  }

  @AfterAll
  static void report() throws IOException {
    REPORT.write("");
  }
}
