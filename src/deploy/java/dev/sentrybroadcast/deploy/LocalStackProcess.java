package dev.sentrybroadcast.deploy;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.sentrybroadcast.local.LambdaProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** LocalStack as {@code src/deploy/localstack} starts it, on a free port. */
final class LocalStackProcess implements AutoCloseable {

  private static final Path SCRIPTS = Path.of("src", "deploy", "localstack").toAbsolutePath();
  private static final int NO_PYTHON = 3;

  private final Process process;
  private final Path environment;
  private final int port;

  private LocalStackProcess(Process process, Path environment, int port) {
    this.process = process;
    this.environment = environment;
    this.port = port;
  }

  /** Makes LocalStack's Python environment. Skips the test where there is no Python for it. */
  static void install(Path environment, Duration limit) throws IOException, InterruptedException {
    Path log = Files.createTempFile("install", ".log");
    Process install =
        new ProcessBuilder(SCRIPTS.resolve("install").toString(), environment.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!install.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      install.destroyForcibly();
      throw new AssertionError("not installed in " + limit + ": " + Files.readString(log));
    }
    if (install.exitValue() == NO_PYTHON) {
      System.out.println("SKIPPED: the deployment test: " + Files.readString(log).strip());
      abort(Files.readString(log));
    }
    if (install.exitValue() != 0) {
      throw new AssertionError(Files.readString(log));
    }
  }

  /**
   * @param environment that {@link #install} made
   * @param directory for what it stores, and its log
   */
  static LocalStackProcess start(Path environment, Path directory, Duration limit)
      throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            SCRIPTS.resolve("start").toString(),
            environment.toString(),
            Integer.toString(port),
            directory.toString());
    builder
        .environment()
        .put("FUNCTION_JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    builder.environment().put("FUNCTION_RUNTIME", LambdaProcess.runtimeClassPath());
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("localstack.log").toFile())
            .start();
    LocalStackProcess localStack = new LocalStackProcess(process, environment, port);
    Waiting.until("LocalStack", limit, localStack::isHealthy);
    return localStack;
  }

  private boolean isHealthy() throws InterruptedException {
    if (!process.isAlive()) {
      throw new AssertionError("LocalStack ended");
    }
    URI health = URI.create(endpoint() + "/_localstack/health");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    }
  }

  String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** Where its programs are, AWS's CLI among them. */
  Path programs() {
    return environment.resolve("bin");
  }

  /** Ends it, and the functions that it started. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
