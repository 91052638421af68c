package dev.sentrybroadcast.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What Linux knows of a process.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">proc_pid_stat(5)</a>
 */
record Proc(long pid) {

  /** {@code USER_HZ}: the same on every architecture that Lambda has. */
  private static final int MILLIS_PER_TICK = 10;

  /** Of user and system, threads that ended included; in steps of 10 ms. */
  double cpuMillis() throws IOException {
    String stat = Files.readString(path("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * (double) MILLIS_PER_TICK;
  }

  double rssMegabytes() throws IOException {
    return status("VmRSS") / 1024.0;
  }

  double peakRssMegabytes() throws IOException {
    return status("VmHWM") / 1024.0;
  }

  long threads() throws IOException {
    return status("Threads");
  }

  long descriptors() throws IOException {
    try (Stream<Path> descriptors = Files.list(path("fd"))) {
      return descriptors.count();
    }
  }

  private long status(String name) throws IOException {
    return Files.readAllLines(path("status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }

  private Path path(String name) {
    return Path.of("/proc", Long.toString(pid), name);
  }
}
