package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.local.LambdaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code sam build} would put into the function's package. */
final class DeployedClosureIT {

  /** With 1.3 MB of our own classes. One more large library would be over it. */
  private static final long MOST_BYTES = 19_000_000;

  /** Where a jar's name is its group and artifact, as {@code prependGroupId} makes it. */
  private static final List<String> NOT_DEPLOYED =
      List.of(
          "sender-okhttp",
          "netty",
          "apache-client",
          "apache5-client",
          "httpclient",
          "jackson-databind",
          "jackson-annotations",
          "sdk-metrics",
          "sdk-logs",
          "junit",
          "elasticmq",
          "testcontainers",
          "runtime-interface-client");

  @Test
  void closure_ofClassesAndLibraries_isSmall() {
    long bytes = bytes(LambdaProcess.deployedClasses()) + bytes(LambdaProcess.deployedLibraries());

    assertThat(bytes).as(() -> "bytes of the classes and of\n" + table()).isLessThan(MOST_BYTES);
  }

  @Test
  void closure_ofLibraries_holdsNothingUnasked() {
    assertThat(jars())
        .isNotEmpty()
        .allSatisfy(
            jar -> assertThat(NOT_DEPLOYED).as(jar).noneMatch(unasked -> jar.contains(unasked)));
  }

  @Test
  void closure_ofClasses_holdsNoTestsAndNoLocalRun() {
    assertThat(LambdaProcess.deployedClasses().resolve("dev/sentrybroadcast/function"))
        .isDirectory();
    assertThat(LambdaProcess.deployedClasses().resolve("dev/sentrybroadcast/local")).doesNotExist();
  }

  private static List<String> jars() {
    try (Stream<Path> files = Files.list(LambdaProcess.deployedLibraries())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String table() {
    StringBuilder table = new StringBuilder();
    for (String jar : jars()) {
      table
          .append(bytes(LambdaProcess.deployedLibraries().resolve(jar)))
          .append(' ')
          .append(jar)
          .append('\n');
    }
    return table.toString();
  }

  private static long bytes(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
