package dev.sentrybroadcast.bench;

import dev.sentrybroadcast.local.LambdaProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lays functions out, each in a task directory of its own, below {@code target/bench}. */
final class Peers {

  private static final String PACKAGE = "dev/sentrybroadcast/bench/";
  private static final String PRODUCT = "dev.sentrybroadcast.function.BroadcastFunction";

  /** What the stock handler has beside the product's own libraries. */
  private static final List<String> STOCKS_OWN =
      List.of(
          "jackson-databind-2",
          "jackson-annotations-2",
          "opentelemetry-exporter-sender-okhttp",
          "okhttp-jvm",
          "okio-jvm",
          "kotlin-stdlib");

  private final Path work;

  private Peers(Path work) {
    this.work = work;
  }

  /** In an emptied directory. */
  static Peers prepare() throws IOException {
    Path work = Path.of("target", "bench").toAbsolutePath();
    delete(work);
    return new Peers(Files.createDirectories(work));
  }

  /** For the processes' logs. */
  Path work() {
    return work;
  }

  /** A handler of the same type that does nothing. */
  Peer hello() throws IOException {
    Path task = task("hello", libraries(Peers::isOfTheEvents));
    return peer(
        "hello",
        "dev.sentrybroadcast.bench.hello.HelloHandler::handleRequest",
        false,
        task,
        Map.of());
  }

  private static boolean isOfTheEvents(String jar) {
    return jar.contains("lambda-java-events") || jar.contains("joda-time");
  }

  /** What one would write first. */
  Peer stock() throws IOException {
    List<Path> jars = new ArrayList<>(libraries(_ -> true));
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path jar = Path.of(path);
      if (STOCKS_OWN.stream().anyMatch(jar.getFileName().toString()::startsWith)
          && !path.contains(Path.of("tools", "jackson").toString())) {
        jars.add(jar);
      }
    }
    Path task = task("stock", jars);
    return peer(
        "stock",
        "dev.sentrybroadcast.bench.stock.StockHandler::handleRequest",
        true,
        task,
        Map.of());
  }

  /** What is deployed. */
  Peer product() throws IOException {
    Path task = LambdaProcess.linkDeployed(work.resolve("product"));
    return peer("this", PRODUCT, true, task, Map.of());
  }

  /** The same as an image may have it: jars on the class path, its own classes, too. */
  Peer flat() throws IOException {
    Path jar = work.resolve("app.jar");
    int failed =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--create",
                "--file=" + jar,
                "-C",
                LambdaProcess.deployedClasses().toString(),
                ".");
    if (failed != 0) {
      throw new IllegalStateException("no jar of the function's classes");
    }
    List<Path> classPath = new ArrayList<>(List.of(jar));
    classPath.addAll(libraries(_ -> true));
    Peer zip =
        peer(
            "this, jars on the class path",
            PRODUCT,
            true,
            Files.createDirectory(work.resolve("flat")),
            Map.of());
    return new Peer(zip.name(), zip.handler(), true, zip.task(), zip.flags(), classPath, Map.of());
  }

  private static Peer peer(
      String name, String type, boolean delivers, Path task, Map<String, String> environment) {
    return new Peer(name, type, delivers, task, Peer.C1, List.of(), environment);
  }

  private Path task(String name, List<Path> jars) throws IOException {
    Path task = Files.createDirectory(work.resolve(name));
    Path lib = Files.createDirectory(task.resolve("lib"));
    for (Path jar : jars) {
      Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar);
    }
    Path classes = Files.createDirectories(task.resolve(PACKAGE));
    Files.createSymbolicLink(
        classes.resolve(name),
        Path.of("target", "test-classes").toAbsolutePath().resolve(PACKAGE).resolve(name));
    return task;
  }

  private static List<Path> libraries(Predicate<String> which) {
    try (Stream<Path> files = Files.list(LambdaProcess.deployedLibraries())) {
      return files.filter(jar -> which.test(jar.getFileName().toString())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("not built by -Pbench?", e);
    }
  }

  /** Links are deleted, not what they lead to. */
  private static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
