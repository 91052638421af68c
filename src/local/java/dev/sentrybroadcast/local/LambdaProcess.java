package dev.sentrybroadcast.local;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A function in a process of its own, as Lambda's managed runtime starts it: AWS's runtime client
 * alone on the class path, and what would be deployed as its task directory.
 */
public final class LambdaProcess implements AutoCloseable {

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
  private final long startedNanos;
  private final Path output;
  private final List<Path> links;

  private LambdaProcess(Process process, long startedNanos, Path output, List<Path> links) {
    this.process = process;
    this.startedNanos = startedNanos;
    this.output = output;
    this.links = links;
  }

  /**
   * What the build would deploy, on demand.
   *
   * @param directory an empty one, for the process alone
   * @param handler as template.yaml has it
   */
  public static LambdaProcess start(
      Path directory, String handler, RuntimeApi api, Map<String, String> environment)
      throws IOException {
    Path task = linkDeployed(directory.resolve("task"));
    return start(
        directory,
        new LambdaStart(handler, List.of(), LambdaStart.ON_DEMAND, task, List.of(), environment),
        api,
        entries(task));
  }

  /**
   * As it is told.
   *
   * @param directory for the process's log and the client's native part
   */
  public static LambdaProcess start(Path directory, LambdaStart start, RuntimeApi api)
      throws IOException {
    return start(directory, start, api, List.of());
  }

  private static LambdaProcess start(
      Path directory, LambdaStart start, RuntimeApi api, List<Path> links) throws IOException {
    List<String> command = new ArrayList<>(start.prefix());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(start.flags());
    command.add("--enable-native-access=ALL-UNNAMED");
    // Else each start overwrites one fixed temporary file under those that run already.
    command.add("-D" + CLIENT + ".runtimeapi.NativeClient.JNI=" + nativeLibrary(directory));
    command.add("-cp");
    command.add(classPath(start));
    command.add(CLIENT + ".AWSLambda");
    command.add(start.handler());
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> variables = builder.environment();
    variables.clear();
    variables.put("AWS_LAMBDA_RUNTIME_API", api.address());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", "broadcast");
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    variables.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
    variables.put("_HANDLER", start.handler());
    variables.putAll(start.environment());
    Path output = directory.resolve("output.log");
    builder
        .directory(start.task().toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile());
    long startedNanos = System.nanoTime();
    return new LambdaProcess(builder.start(), startedNanos, output, links);
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** By {@link System#nanoTime}. */
  public long startedNanos() {
    return startedNanos;
  }

  /** What it wrote to its log. */
  public String output() throws IOException {
    return Files.readString(output);
  }

  /** Ends it as Lambda does, and waits until the JVM has done what it does as it exits. */
  public void terminate(Duration limit) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("the function did not end in " + limit);
    }
  }

  /** Where the build puts what {@code sam build} puts into {@code lib}. */
  public static Path deployedLibraries() {
    return Path.of("target", "deployed", "lib").toAbsolutePath();
  }

  public static Path deployedClasses() {
    return Path.of("target", "classes").toAbsolutePath();
  }

  /** Makes a task directory of links to what the build would deploy. */
  public static Path linkDeployed(Path task) throws IOException {
    Files.createDirectory(task);
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
    for (Path entry : entries(from)) {
      Files.createSymbolicLink(task.resolve(entry.getFileName()), entry);
    }
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  /** Of AWS's runtime client alone. */
  public static String runtimeClassPath() {
    return String.join(File.pathSeparator, clientJars());
  }

  private static String classPath(LambdaStart start) {
    return Stream.concat(start.classPath().stream().map(Path::toString), clientJars().stream())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static List<String> clientJars() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path ->
            CLIENTS_OWN_JARS.stream().anyMatch(Path.of(path).getFileName().toString()::startsWith))
        .toList();
  }

  private static Path nativeLibrary(Path directory) throws IOException {
    Path library = directory.resolve("client.so");
    if (Files.exists(library)) {
      return library;
    }
    String jar =
        clientJars().stream()
            .filter(path -> path.contains("interface-client"))
            .findFirst()
            .orElseThrow();
    String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
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
    try {
      for (Path link : links) {
        Files.delete(link);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
