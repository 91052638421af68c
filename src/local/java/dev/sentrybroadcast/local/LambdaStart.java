package dev.sentrybroadcast.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a function's process is started.
 *
 * @param handler as template.yaml has it
 * @param prefix a command to start it under, such as {@code taskset -c 1}; may be empty
 * @param flags of the JVM
 * @param task the directory of what is deployed: classes, and libraries in {@code lib}
 * @param classPath jars beside the runtime client's; empty for a function that is deployed as a zip
 * @param environment beside what the runtime itself sets; wins over it
 */
public record LambdaStart(
    String handler,
    List<String> prefix,
    List<String> flags,
    Path task,
    List<Path> classPath,
    Map<String, String> environment) {

  /** The flags of the managed runtime as a function of 512 MB on demand has it. */
  public static final List<String> ON_DEMAND =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:MaxRAM=512m", "-Xmx435m");

  public LambdaStart {
    prefix = List.copyOf(prefix);
    flags = List.copyOf(flags);
    classPath = List.copyOf(classPath);
    environment = Map.copyOf(environment);
  }
}
