package dev.sentrybroadcast.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Where it is measured: the function has CPU 1 to itself, the bench with its sink and its secrets
 * has CPU 0.
 */
final class Machine {

  private static final String ON_CPU_1 = "1";

  private Machine() {}

  /** Keeps this process off the function's CPU; returns what to start a function under. */
  static List<String> pin() throws IOException, InterruptedException {
    int cpus = onlineCpus();
    String pid = Long.toString(ProcessHandle.current().pid());
    boolean pinned = cpus > 1 && succeeds("taskset", "-a", "-c", "-p", "0", pid);
    System.out.printf(
        Locale.ROOT,
        "%s; %d CPUs, load %.1f; %s%n",
        System.getProperty("java.vm.version"),
        cpus,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        pinned
            ? "the function is pinned to CPU 1, what it calls to CPU 0"
            : "NOT PINNED: no taskset here, or no second CPU; wall times mean little");
    return pinned ? List.of("taskset", "-c", ON_CPU_1) : List.of();
  }

  /** Of the machine: this process may be pinned already. */
  private static int onlineCpus() throws IOException {
    Path stat = Path.of("/proc/stat");
    if (!Files.exists(stat)) {
      return Runtime.getRuntime().availableProcessors();
    }
    return (int)
        Files.readAllLines(stat).stream().filter(line -> line.matches("cpu\\d+ .*")).count();
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException _) {
      return false;
    }
  }
}
