package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.crac.Core;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class PrimingTest {

  @Test
  void run_itsOwnRecords_areDeliveredToItself() {
    List<String> logs =
        new Priming(Settings.from(Map.of()), InstantSource.system()).run(Duration.ZERO);

    int issues = 0;
    for (String log : logs) {
      JsonNode line = JsonMapper.shared().readTree(log);
      assertThat(line.get("message").asString()).isEqualTo("batch done");
      assertThat(line.get("Received").asInt()).isPositive();
      assertThat(line.get("Exported").asInt()).isEqualTo(line.get("Received").asInt());
      assertThat(line.get("Returned").asInt()).isZero();
      assertThat(line.get("Duplicates").asInt()).isZero();
      issues += line.get("IssuesSent").asInt();
    }
    assertThat(issues).isEqualTo(1);
  }

  @Test
  void again_afterARun_deliversAFewOfThemOnceMore() {
    Priming priming = new Priming(Settings.from(Map.of()), InstantSource.system());
    priming.run(Duration.ZERO);

    assertThat(priming.again(Thread.currentThread()))
        .hasSize(2)
        .allSatisfy(log -> {
          JsonNode line = JsonMapper.shared().readTree(log);
          assertThat(line.get("Exported").asInt())
              .isPositive()
              .isEqualTo(line.get("Received").asInt());
        });
  }

  /** A function with a third of a processor needs three times as long for the same. */
  @ParameterizedTest
  @CsvSource({
    "24, 24, false",
    "25, 25, true",
    "25, 24, false",
    "40, 10, false",
    "40, 25, true",
    "74, 24, false",
    "75, 3, true",
    "12, 40, false",
  })
  void isEnough_priming25Seconds(int passed, int ofProcessor, boolean enough) {
    assertThat(
            Priming.isEnough(
                Duration.ofSeconds(25),
                Duration.ofSeconds(passed),
                Duration.ofSeconds(ofProcessor)))
        .isEqualTo(enough);
  }

  /** Otherwise a snapshot would hold a port, or a thread that waits at it. */
  @Test
  void run_atItsEnd_hasNoThreadLeft() {
    new Priming(Settings.from(Map.of()), InstantSource.system()).run(Duration.ZERO);

    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("priming");
  }

  /** A name that is gone costs time alone, which nothing else would notice. */
  @Test
  void ofTheRuntime_eachName_isAClassOfTheClient() {
    assertThat(Priming.OF_THE_RUNTIME)
        .allSatisfy(name -> assertThatCode(() -> Class.forName(name)).doesNotThrowAnyException());
  }

  /** A hook that fails must not fail the snapshot, so it says so in the log alone. */
  @Test
  void hooks_ofTheFunction_haveNothingToLog() {
    BroadcastFunction function = new BroadcastFunction(Map.of(), Duration.ZERO);
    PrintStream console = System.out;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      function.beforeCheckpoint(Core.getGlobalContext());
      function.afterRestore(Core.getGlobalContext());
    } finally {
      System.setOut(console);
    }

    assertThat(log.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void connections_itsOwnCalls_getAsFarAsAConnection() {
    assertThat(ConnectionPriming.run())
        .satisfiesExactly(
            preview -> assertThat(preview).isEqualTo(200),
            test -> assertThat(test).isEqualTo(422),
            saved -> assertThat(saved).isGreaterThanOrEqualTo(400));
  }

  @Test
  void attempt_primingThatThrows_isLoggedAndGoesNoFurther() {
    InvocationContext context = new InvocationContext(1_000);
    InvocationLog log =
        new InvocationLog(context, LogLevel.INFO, "service", InstantSource.system());

    Priming.attempt(
        () -> {
          throw new IllegalStateException("the-message");
        },
        "not primed",
        log);
    Priming.attempt(
        () -> {
          throw new NoClassDefFoundError("the-message");
        },
        "not primed",
        log);

    assertThat(context.lines())
        .hasSize(2)
        .allSatisfy(line ->
            assertThat(line).contains("not primed", "\"level\":\"ERROR\"").doesNotContain("the-"));
  }

  /** A socket in a snapshot would be dead in each environment that is restored from it. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "counts sockets in /proc")
  void beforeCheckpoint_ofBothFunctions_leavesNoSocket() throws IOException {
    BroadcastFunction broadcast = new BroadcastFunction(Map.of(), Duration.ZERO);
    ConnectionFunction connection = new ConnectionFunction(Map.of("AWS_REGION", "us-east-1"));
    List<String> before = sockets();

    broadcast.beforeCheckpoint(Core.getGlobalContext());
    connection.beforeCheckpoint(Core.getGlobalContext());
    broadcast.afterRestore(Core.getGlobalContext());
    connection.afterRestore(Core.getGlobalContext());

    assertThat(before).containsAll(sockets());
  }

  private static List<String> sockets() throws IOException {
    List<String> sockets = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        try {
          String target = Files.readSymbolicLink(descriptor).toString();
          if (target.startsWith("socket:")) {
            sockets.add(target);
          }
        } catch (NoSuchFileException _) {
          // Of the listing itself.
        }
      }
    }
    return sockets;
  }
}
