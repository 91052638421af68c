package dev.sentrybroadcast.deploy;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One bash, so that what a page's commands define is there for those that follow. */
final class Shell implements AutoCloseable {

  private static final String END = "=== end of commands";

  /**
   * Makes each failed command known, also in functions and pipes. The two differences of AWS's CLI
   * 1, which is the one that pip installs: its commands for SQS do not read {@code
   * AWS_ENDPOINT_URL}, and it exports no credentials.
   */
  private static final String START =
      """
      set -E -o pipefail
      trap 'FAILED=yes; echo "failed: $BASH_COMMAND" >&2' ERR
      aws() {
        if [[ "$1 $2" == "configure export-credentials" ]]; then return 0; fi
        command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"
      }
      export -f aws
      """;

  private final Process process;
  private final Writer input;
  private final Path commands;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  /**
   * @param path directories that stand before the PATH
   */
  Shell(Path directory, Path path, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "--noprofile", "--norc")
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().merge("PATH", path.toString(), (old, first) -> first + ":" + old);
    process = builder.start();
    input = process.outputWriter();
    commands = Files.createTempFile("commands", ".sh");
    Thread.ofVirtual().start(this::read);
    input.write(START);
  }

  private void read() {
    process.inputReader().lines().forEach(lines::add);
  }

  /** What the commands print. Fails if one of them fails, or if all take longer than the limit. */
  String run(String script, Duration limit) throws IOException, InterruptedException {
    Files.writeString(commands, script);
    input.write(
        "FAILED=no; source '%s'; printf '\\n%s %%s\\n' \"$FAILED\"\n".formatted(commands, END));
    input.flush();
    StringBuilder output = new StringBuilder();
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      String line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        throw new AssertionError("not done in " + limit + ":\n" + script + "\n" + output);
      }
      if (line.equals(END + " no")) {
        return output.toString().strip();
      }
      if (line.equals(END + " yes")) {
        throw new AssertionError(output + "\nof:\n" + script);
      }
      output.append(line).append('\n');
    }
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    Files.delete(commands);
  }
}
