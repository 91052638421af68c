package dev.sentrybroadcast.bench;

import dev.sentrybroadcast.local.LambdaProcess;
import dev.sentrybroadcast.local.LambdaStart;
import dev.sentrybroadcast.local.RuntimeApi;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A function to measure, laid out as it would be deployed.
 *
 * @param delivers whether spans are to arrive
 * @param flags of the JVM, beside those of its heap
 * @param classPath jars beside the runtime client's; empty for a zip
 */
record Peer(
    String name,
    String handler,
    boolean delivers,
    Path task,
    List<String> flags,
    List<Path> classPath,
    Map<String, String> environment) {

  /** What java25 sets on demand: C1 alone. */
  static final List<String> C1 =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  /** What it sets with SnapStart or provisioned concurrency: C2, too. */
  static final List<String> C2 = List.of("-XX:+UseSerialGC", "-Xshare:auto");

  /** 512 MB: without MaxRAM the JVM would size its first heap by this machine. */
  private static final List<String> HEAP = List.of("-XX:MaxRAM=512m", "-Xmx435m");

  Peer {
    flags = List.copyOf(flags);
    classPath = List.copyOf(classPath);
    environment = Map.copyOf(environment);
  }

  Peer with(List<String> otherFlags) {
    return new Peer(name, handler, delivers, task, otherFlags, classPath, environment);
  }

  Peer named(String otherName) {
    return new Peer(otherName, handler, delivers, task, flags, classPath, environment);
  }

  /** With one more variable. */
  Peer with(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new Peer(name, handler, delivers, task, flags, classPath, more);
  }

  Running start(Path work, List<String> prefix, BenchCloud cloud) throws IOException {
    return start(work, prefix, cloud, HEAP);
  }

  /** With another heap. */
  Running start(Path work, List<String> prefix, BenchCloud cloud, List<String> heap)
      throws IOException {
    Map<String, String> variables = new HashMap<>(cloud.environment());
    variables.putAll(environment);
    List<String> all = new ArrayList<>(flags);
    all.addAll(heap);
    RuntimeApi api = new RuntimeApi();
    LambdaProcess process =
        LambdaProcess.start(
            work, new LambdaStart(handler, prefix, all, task, classPath, variables), api);
    return new Running(this, api, process, cloud.sink);
  }
}
