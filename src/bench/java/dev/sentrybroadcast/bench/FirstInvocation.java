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

  /** Between invocations that come one at a time, as those of a record or two do. */
  private static final Duration REST = Duration.ofMillis(50);

  /** What Lambda gives an initialisation with SnapStart. */
  private static final Duration PRIMING_LIMIT = Duration.ofSeconds(130);

  /** Until what a function calls is compiled: what AWS and Sentry run has been for long. */
  private static final Duration COMPILING = Duration.ofSeconds(15);

  /** It has slept while the function was primed. */
  private static final Duration WAKING = Duration.ofSeconds(2);

  private FirstInvocation() {}

  static boolean run(Options options) throws IOException, InterruptedException {
    int processes = options.number("processes", 5);
    Duration warm = Duration.ofSeconds(options.number("warm", 10));
    Duration distance = Duration.ofMillis(options.number("distance", 0));
    List<String> prefix = Machine.pin();
    Peers peers = Peers.prepare();
    List<String> flags = new ArrayList<>(Peer.C2);
    flags.add(CRAC);
    Peer awake = peers.product();
    Peer product = awake.with(flags).with("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    Table table =
        new Table(
            "typical records",
            "restore's hook, ms",
            "first, ms",
            "rested, ms",
            "first ÷ rested",
            "warm, ms",
            "first ÷ warm",
            "second, ms",
            "first, CPU ms",
            "warm, CPU ms",
            "priming, CPU ms");
    try (BenchCloud cloud = new BenchCloud(false);
        Running another = awake.start(peers.work(), List.of(), cloud)) {
      another.warm(COMPILING, Events.json(Records.bodies(1, 6_000)));
      cloud.sink.distance(distance);
      for (String size : options.text("records", "1,10,100").split(",", -1)) {
        int records = Integer.parseInt(size);
        byte[] event = Events.json(Records.bodies(records, 6_000));
        Row row = new Row();
        for (int i = 0; i < processes; i++) {
          try (Running running = product.start(peers.work(), prefix, cloud)) {
            running.api().awaitCheckpoint(PRIMING_LIMIT);
            another.warm(WAKING, event);
            row.measure(running, event, warm);
          }
        }
        table.row(
            size,
            row.restore.spread(),
            row.first.spread(),
            row.rested.spread(),
            row.first.ratio(row.rested),
            row.warm.spread(),
            row.first.ratio(row.warm),
            row.second.spread(),
            row.firstCpu.spread(),
            row.warmCpu.spread(),
            Figures.number(row.priming.median()));
      }
    }
    table.print(
        "First invocation after priming, C2, Sentry %d ms away, medians of %d processes (least–most), warm after %d s"
            .formatted(distance.toMillis(), processes, warm.toSeconds()));
    return true;
  }

  /** What was measured of one batch. */
  private static final class Row {
    final Figures restore = new Figures();
    final Figures first = new Figures();
    final Figures second = new Figures();
    final Figures firstCpu = new Figures();
    final Figures rested = new Figures();
    final Figures warm = new Figures();
    final Figures warmCpu = new Figures();
    final Figures priming = new Figures();

    void measure(Running running, byte[] event, Duration warming)
        throws IOException, InterruptedException {
      Proc proc = running.proc();
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
      double from = proc.cpuMillis();
      warm.add(medianOf(running, event, Duration.ZERO));
      warmCpu.add((proc.cpuMillis() - from) / WARM_INVOCATIONS);
      rested.add(medianOf(running, event, REST));
    }

    private static double medianOf(Running running, byte[] event, Duration rest)
        throws IOException, InterruptedException {
      Figures each = new Figures();
      for (int i = 0; i < WARM_INVOCATIONS; i++) {
        Thread.sleep(rest);
        each.add(running.invoke(event));
      }
      return each.median();
    }
  }
}
