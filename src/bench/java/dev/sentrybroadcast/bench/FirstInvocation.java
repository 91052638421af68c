package dev.sentrybroadcast.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a user of SnapStart meets: the first invocation after the function was primed and restored,
 * beside a warm one of the same batch. The snapshot itself is AWS's: here the process only waits.
 */
final class FirstInvocation {

  /** The property by which the managed runtime gives org.crac the runtime client's hooks. */
  private static final String CRAC = "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac";

  private static final int WARM_INVOCATIONS = 50;

  private static final Duration OF_THE_BENCH = Duration.ofSeconds(3);

  private FirstInvocation() {}

  static boolean run(Options options) throws IOException, InterruptedException {
    int processes = options.number("processes", 5);
    Duration warm = Duration.ofSeconds(options.number("warm", 10));
    List<String> prefix = Machine.pin();
    Peers peers = Peers.prepare();
    List<String> flags = new ArrayList<>(Peer.C2);
    flags.add(CRAC);
    Peer product = peers.product().with(flags).with("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    Table table =
        new Table(
            "typical records",
            "restore's hook, ms",
            "first, ms",
            "warm, ms",
            "first ÷ warm",
            "second, ms",
            "first, CPU ms",
            "warm, CPU ms",
            "first ÷ warm",
            "priming, CPU ms");
    for (String size : options.text("records", "1,10,100").split(",", -1)) {
      int records = Integer.parseInt(size);
      byte[] event = Events.json(Records.bodies(records, 6_000));
      Row row = new Row();
      // The first one is for the page cache, and to warm what the function calls in this process.
      for (int i = 0; i <= processes; i++) {
        // A cloud of its own for each: its first connection is part of a first invocation.
        try (BenchCloud cloud = new BenchCloud(false);
            Running running = product.start(peers.work(), prefix, cloud)) {
          if (i > 0) {
            row.measure(running, event, warm);
          } else {
            new Row().measure(running, event, OF_THE_BENCH);
          }
        }
      }
      table.row(
          size,
          row.restore.spread(),
          row.first.spread(),
          row.warm.spread(),
          row.first.ratio(row.warm),
          row.second.spread(),
          row.firstCpu.spread(),
          row.warmCpu.spread(),
          row.firstCpu.ratio(row.warmCpu),
          Figures.number(row.priming.median()));
    }
    table.print(
        "First invocation after priming, C2, medians of %d processes (least–most), warm after %d s"
            .formatted(processes, warm.toSeconds()));
    return true;
  }

  /** What was measured of one batch. */
  private static final class Row {
    final Figures restore = new Figures();
    final Figures first = new Figures();
    final Figures second = new Figures();
    final Figures firstCpu = new Figures();
    final Figures warm = new Figures();
    final Figures warmCpu = new Figures();
    final Figures priming = new Figures();

    void measure(Running running, byte[] event, Duration warming)
        throws IOException, InterruptedException {
      Proc proc = running.proc();
      running.api().awaitCheckpoint(Running.LIMIT);
      priming.add(proc.cpuMillis());
      long restored = System.nanoTime();
      running.api().restore();
      running.api().awaitReady(Running.LIMIT);
      restore.add((System.nanoTime() - restored) / 1e6);
      double before = proc.cpuMillis();
      first.add(running.invoke(event));
      firstCpu.add(proc.cpuMillis() - before);
      second.add(running.invoke(event));
      running.warm(warming, event);
      Figures each = new Figures();
      double from = proc.cpuMillis();
      for (int i = 0; i < WARM_INVOCATIONS; i++) {
        each.add(running.invoke(event));
      }
      warm.add(each.median());
      warmCpu.add((proc.cpuMillis() - from) / WARM_INVOCATIONS);
    }
  }
}
