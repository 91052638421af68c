package dev.sentrybroadcast.function;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A function in a process of its own, as Lambda's managed runtime starts it: AWS's runtime client
 * alone on the class path, and what would be deployed as its task directory.
 */
final class LambdaProcess implements AutoCloseable {

  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client";

  /**
   * A property that names another task directory in place of the build's own, such as {@code
   * .aws-sam/build/BroadcastFunction}.
   */
  private static final String TASK_DIRECTORY = "task.directory";

  private static final List<String> CLIENTS_OWN_JARS =
      List.of(
          "aws-lambda-java-runtime-interface-client-",
          "aws-lambda-java-core-",
          "aws-lambda-java-serialization-",
          "utils-lite-");

  private final Process process;
  private final Path output;

  private final Path task;

  private LambdaProcess(Process process, Path output, Path task) {
    this.process = process;
    this.output = output;
    this.task = task;
  }

  /**
   * @param directory an empty one, for the process alone
   * @param handler as template.yaml has it
   */
  static LambdaProcess start(
      Path directory, String handler, RuntimeApi api, Map<String, String> environment)
      throws IOException {
    Path output = directory.resolve("output.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx435m",
            "--enable-native-access=ALL-UNNAMED",
            // Else each start overwrites one fixed temporary file under those that run already.
            "-D" + CLIENT + ".runtimeapi.NativeClient.JNI=" + nativeLibrary(directory),
            "-cp",
            String.join(File.pathSeparator, clientJars()),
            CLIENT + ".AWSLambda",
            handler);
    Map<String, String> variables = builder.environment();
    variables.clear();
    variables.putAll(environment);
    variables.put("AWS_LAMBDA_RUNTIME_API", api.address());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", "broadcast");
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    variables.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
    variables.put("_HANDLER", handler);
    Path task = taskDirectory(directory);
    Process process =
        builder
            .directory(task.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new LambdaProcess(process, output, task);
  }

  /** What it wrote to its log. */
  String output() throws IOException {
    return Files.readString(output);
  }

  /** Where the build puts what {@code sam build} puts into {@code lib}. */
  static Path deployedLibraries() {
    return Path.of("target", "deployed", "lib").toAbsolutePath();
  }

  static Path deployedClasses() {
    return Path.of("target", "classes").toAbsolutePath();
  }

  private static Path taskDirectory(Path directory) throws IOException {
    Path task = Files.createDirectory(directory.resolve("task"));
    String built = System.getProperty(TASK_DIRECTORY);
    if (built == null) {
      Files.createSymbolicLink(task.resolve("lib"), deployedLibraries());
      link(deployedClasses(), task);
    } else {
      link(Path.of(built).toAbsolutePath(), task);
    }
    return task;
  }

  private static void link(Path from, Path task) throws IOException {
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.toList()) {
        Files.createSymbolicLink(task.resolve(entry.getFileName()), entry);
      }
    }
  }

  private static List<String> clientJars() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path ->
            CLIENTS_OWN_JARS.stream().anyMatch(Path.of(path).getFileName().toString()::startsWith))
        .toList();
  }

  private static Path nativeLibrary(Path directory) throws IOException {
    String jar =
        clientJars().stream()
            .filter(path -> path.contains("interface-client"))
            .findFirst()
            .orElseThrow();
    String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    Path library = directory.resolve("client.so");
    URI archive = URI.create("jar:" + Path.of(jar).toUri());
    try (FileSystem files = FileSystems.newFileSystem(archive, Map.of());
        InputStream bytes =
            Files.newInputStream(
                files.getPath("jni", "libaws-lambda-jni.linux-" + machine + ".so"))) {
      Files.copy(bytes, library);
    }
    return library;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    unlink();
  }

  /** Before a temporary directory is deleted: its links lead out of it. */
  private void unlink() {
    try (Stream<Path> links = Files.list(task)) {
      for (Path link : links.toList()) {
        Files.delete(link);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
