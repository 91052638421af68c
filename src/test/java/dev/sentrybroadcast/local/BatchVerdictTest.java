package dev.sentrybroadcast.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BatchVerdictTest {

  private static final List<String> IDS = List.of("a", "b", "c");

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "{}", "{\"batchItemFailures\":null}", "{\"batchItemFailures\":[]}"})
  void failed_nothingReported_none(String answer) {
    assertThat(BatchVerdict.failed(answer, IDS)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not JSON",
        "[]",
        "{\"batchItemFailures\":\"a\"}",
        "{\"batchItemFailures\":[null]}",
        "{\"batchItemFailures\":[{}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"a\"},{\"itemIdentifier\":\"x\"}]}",
        "{\"batchItemFailures\":[{\"itemidentifier\":\"a\"}]}",
      })
  void failed_notUnderstood_all(String answer) {
    assertThat(BatchVerdict.failed(answer, IDS)).containsExactlyInAnyOrderElementsOf(IDS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"b\"}]}",
        "{\"batchItemFailures\":[{\"itemIdentifier\":\"b\"},{\"itemIdentifier\":\"b\"}]}",
      })
  void failed_oneReported_thatOne(String answer) {
    assertThat(BatchVerdict.failed(answer, IDS)).containsExactly("b");
  }
}
