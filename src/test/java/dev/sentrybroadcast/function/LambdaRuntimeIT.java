package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.local.LambdaProcess;
import dev.sentrybroadcast.local.RuntimeApi;
import dev.sentrybroadcast.local.RuntimeApi.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What would be deployed, in the real Lambda runtime. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime client has a native part for Linux")
final class LambdaRuntimeIT {

  private static final String HANDLER = "dev.sentrybroadcast.function.BroadcastFunction";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private LocalCloud cloud;
  private RuntimeApi api;

  @BeforeEach
  void start() {
    cloud = new LocalCloud();
    api = new RuntimeApi();
  }

  @AfterEach
  void stop() {
    api.close();
    cloud.close();
  }

  @Test
  void invoke_batchWithOneMalformed_deliversTheOthersAndReturnsIt() throws Exception {
    try (LambdaProcess function =
        LambdaProcess.start(directory, HANDLER, api, cloud.environment())) {
      Answer answer =
          api.invoke(
              LocalCloud.event(LocalCloud.generation("a"), "{not json", LocalCloud.generation("b")),
              LIMIT);

      assertThat(answer)
          .isEqualTo(
              new Answer("response", "{\"batchItemFailures\":[{\"itemIdentifier\":\"m1\"}]}"));
      assertThat(cloud.sentry.spans())
          .extracting(span -> span.text("session.id"))
          .containsOnly("session-a", "session-b");

      Answer second = api.invoke(LocalCloud.event(LocalCloud.generation("c")), LIMIT);

      assertThat(second).isEqualTo(new Answer("response", "{\"batchItemFailures\":[]}"));
      List<JsonNode> lines = lines(function.output());
      assertThat(lines)
          .extracting(line -> line.path("message").asString())
          .containsExactly("message returned", "batch done", "batch done");
      assertThat(lines.get(1).at("/_aws/CloudWatchMetrics/0/Namespace").asString())
          .isEqualTo("SentryBroadcast");
    }
  }

  /**
   * Lambda ends a process that takes more than the function has, and all of the batch comes back.
   */
  @Test
  void invoke_largestBatchesInARow_staysWithinTheFunctionsMemory() throws Exception {
    String event = LocalCloud.event(largeGenerations());
    try (LambdaProcess function =
        LambdaProcess.start(directory, HANDLER, api, cloud.environment())) {
      for (int i = 0; i < 12; i++) {
        assertThat(api.invoke(event, LIMIT))
            .isEqualTo(new Answer("response", "{\"batchItemFailures\":[]}"));
      }

      assertThat(peakMegabytes(function.pid())).isLessThan(512);
    }
  }

  /** 64 records of 90 KB: almost the 6 MB that SQS hands over. */
  private static String[] largeGenerations() {
    String prompt = "Summarise each of these lines, one by one. \u2192 ".repeat(2_000);
    return IntStream.range(0, 64)
        .mapToObj(i -> LocalCloud.generation("r" + i).replace("Hello", i + prompt))
        .toArray(String[]::new);
  }

  /**
   * The most that was resident.
   *
   * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_status.5.html">VmHWM</a>
   */
  private static long peakMegabytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        / 1_024;
  }

  @Test
  void start_badSetting_failsTheStartAndSaysWhich() throws Exception {
    Map<String, String> environment = cloud.environment();
    environment.put("LOG_LEVEL", "LOUD");

    try (LambdaProcess _ = LambdaProcess.start(directory, HANDLER, api, environment)) {
      Answer answer = api.answer(LIMIT);

      assertThat(answer.kind()).isEqualTo("init/error");
      assertThat(answer.body()).contains("LOG_LEVEL was \\\"LOUD\\\"; it must be DEBUG, INFO");
    }
  }

  private static List<JsonNode> lines(String output) {
    return output
        .lines()
        .filter(line -> line.startsWith("{"))
        .map(JsonMapper.shared()::readTree)
        .toList();
  }
}
