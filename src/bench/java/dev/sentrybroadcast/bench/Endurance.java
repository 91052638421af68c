package dev.sentrybroadcast.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Many invocations in one process: what is live after a collection, memory, threads and open
 * descriptors must not grow.
 */
final class Endurance {

  private static final int SAMPLES = 10;

  /** Of threads and descriptors: pools breathe. */
  private static final int SLACK = 5;

  private Endurance() {}

  /** Whether what is live at the end is within the margin of the least from a fifth to a half. */
  static boolean run(Options options) throws IOException, InterruptedException {
    int invocations = options.number("invocations", 10_000);
    int margin = options.number("margin", 10);
    List<String> prefix = Machine.pin();
    Peers peers = Peers.prepare();
    Peer product = peers.product().with(Peer.C2);
    byte[] event = Events.json(Records.bodies(10, 6_000));
    Table table =
        new Table("invocations", "live heap, KB", "RSS, MB", "threads", "open descriptors");
    Sample early = null;
    Sample last = null;
    try (BenchCloud cloud = new BenchCloud(false);
        Running running = product.start(peers.work(), prefix, cloud)) {
      for (int sample = 1; sample <= SAMPLES; sample++) {
        for (int i = 0; i < invocations / SAMPLES; i++) {
          running.invoke(event);
        }
        last = Sample.of(running.proc());
        boolean least = early == null || last.liveKilobytes < early.liveKilobytes;
        if (least && sample >= 2 && sample <= SAMPLES / 2) {
          early = last;
        }
        table.row(
            Integer.toString(sample * invocations / SAMPLES),
            Figures.number(last.liveKilobytes),
            Figures.number(last.rssMegabytes),
            Long.toString(last.threads),
            Long.toString(last.descriptors));
      }
    }
    table.print("Endurance, C2, batches of 10 of 6 KB");
    return judge(Objects.requireNonNull(early), Objects.requireNonNull(last), margin);
  }

  private static boolean judge(Sample early, Sample last, int margin) {
    boolean passed =
        last.liveKilobytes <= early.liveKilobytes * (1 + margin / 100.0)
            && last.threads <= early.threads + SLACK
            && last.descriptors <= early.descriptors + SLACK;
    System.out.printf(
        "%s: beside the least from a fifth to a half, at the end %+.1f %% live (at most %d), %+d"
            + " threads and %+d descriptors (at most %d)%n",
        passed ? "passed" : "FAILED",
        (last.liveKilobytes / early.liveKilobytes - 1) * 100,
        margin,
        last.threads - early.threads,
        last.descriptors - early.descriptors,
        SLACK);
    return passed;
  }

  /** What a process has; its live heap read last, as that collects. */
  private record Sample(double rssMegabytes, long threads, long descriptors, double liveKilobytes) {

    static Sample of(Proc proc) throws IOException, InterruptedException {
      return new Sample(
          proc.rssMegabytes(), proc.threads(), proc.descriptors(), liveOf(proc.pid()));
    }
  }

  /** By jcmd, whose histogram is of what a full collection leaves. */
  private static double liveOf(long pid) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String histogram = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return histogram
            .lines()
            .filter(line -> line.startsWith("Total"))
            .map(line -> line.strip().split("\\s+", -1)[2])
            .mapToLong(Long::parseLong)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(histogram))
        / 1_000.0;
  }
}
