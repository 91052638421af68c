package dev.sentrybroadcast.bench;

import com.sun.management.ThreadMXBean;
import dev.sentrybroadcast.function.BroadcastFunction;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A process with the function alone in it: prints the bytes that all its threads, those that ended
 * included, allocate per record. The event's bytes are there beforehand.
 */
final class Allocation {

  private static final int WARM_BATCHES = 20;
  private static final int BATCHES = 20;

  private Allocation() {}

  /** Starts it, and reads what it prints. */
  static double bytesPerRecord(Batch batch, List<String> prefix, BenchCloud cloud)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(prefix);
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(Peer.C1);
    command.addAll(
        List.of("-XX:MaxRAM=512m", "-Xmx435m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Allocation.class.getName(), batch.name()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(cloud.environment());
    Process process = builder.start();
    try {
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException("allocation of " + batch + ": " + printed);
      }
      return Double.parseDouble(printed);
    } finally {
      process.destroyForcibly();
    }
  }

  /** With the name of a {@link Batch}, and the variables of a function. */
  public static void main(String... args) {
    Batch batch = Batch.valueOf(args[0]);
    byte[] event = Events.json(batch.bodies());
    BroadcastFunction function = new BroadcastFunction();
    deliver(function, event, WARM_BATCHES);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getTotalThreadAllocatedBytes();
    deliver(function, event, BATCHES);
    long bytes = threads.getTotalThreadAllocatedBytes() - before;
    System.out.printf(Locale.ROOT, "%.0f%n", (double) bytes / BATCHES / batch.records());
    System.exit(0);
  }

  private static void deliver(BroadcastFunction function, byte[] event, int batches) {
    for (int i = 0; i < batches; i++) {
      Events.deliver(function, event);
    }
  }
}
