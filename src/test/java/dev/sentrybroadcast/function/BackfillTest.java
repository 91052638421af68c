package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command of docs/sources.md, with an {@code aws} that lists two pages and one without. */
final class BackfillTest {

  private static final String PAGE =
      "{\"Records\":[{\"eventSource\":\"aws:s3\",\"s3\":{\"object\":{\"key\":\"a%20b\"}}}]}";

  @TempDir private Path folder;

  @BeforeEach
  void makeAws() throws IOException {
    Path aws = folder.resolve("aws");
    Files.writeString(
        aws,
        """
        #!/usr/bin/env bash
        printf '%%s\\n' "$*" | tr '\\n' ' ' >> %1$s/calls; echo >> %1$s/calls
        [[ $1 == s3api ]] && printf '%%s\\n' '%2$s' '{"Records":[]}' '%2$s'
        exit ${FAILS:-0}
        """
            .formatted(folder, PAGE));
    assertThat(aws.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void prefixAndTimes_eachPageWithObjects_isAMessage() throws Exception {
    assertThat(run("s3://my-logs/a/b", "https://queue", "2026-11-01", "2026-11-20T12:00")).isZero();

    List<String> calls = calls();
    assertThat(calls).hasSize(3);
    assertThat(calls.getFirst())
        .contains("--bucket my-logs --prefix a/b --encoding-type url")
        .contains("LastModified >= '2026-11-01'", "LastModified < '2026-11-20T12:00'");
    assertThat(calls.subList(1, 3))
        .allSatisfy(call ->
            assertThat(call)
                .startsWith("sqs send-message --queue-url https://queue --message-body " + PAGE));
  }

  @Test
  void bucketAlone_isListedAsAWhole() throws Exception {
    assertThat(run("s3://my-logs", "https://queue")).isZero();
    assertThat(calls().getFirst()).contains("--bucket my-logs --prefix  --encoding-type");
  }

  @Test
  void wrongArguments_sayHow_andCallNothing() throws Exception {
    assertThat(run("my-logs", "https://queue")).isEqualTo(2);
    assertThat(run("s3://my-logs")).isEqualTo(2);
    assertThat(folder.resolve("calls")).doesNotExist();
  }

  @Test
  void awsThatFails_failsTheCommand() throws Exception {
    ProcessBuilder process = process("s3://my-logs", "https://queue");
    process.environment().put("FAILS", "1");
    assertThat(exit(process)).isNotZero();
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }

  private int run(String... arguments) throws Exception {
    return exit(process(arguments));
  }

  private ProcessBuilder process(String... arguments) {
    List<String> command = new ArrayList<>(List.of("bash", "docs/backfill"));
    command.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
    process.environment().merge("PATH", folder.toString(), (path, own) -> own + ":" + path);
    return process.redirectOutput(folder.resolve("output").toFile());
  }

  private static int exit(ProcessBuilder process) throws Exception {
    Process started = process.start();
    assertThat(started.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return started.exitValue();
  }
}
