package dev.sentrybroadcast.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a record costs as batches, records, destinations and spans grow: warm CPU time of the
 * function's process under C2, its runtime client included.
 */
final class Growth {

  static final Path PLOT = Path.of("target", "growth.svg");

  private static final int DESTINATIONS = 50;

  /** Of each cell in each round: CPU time comes in steps of 10 ms. */
  private static final double CPU_MILLIS = 400;

  private static final int WARM_TURNS = 3;

  private Growth() {}

  static boolean run(Options options) throws IOException, InterruptedException {
    Duration warm = Duration.ofSeconds(options.number("warm", 15));
    int rounds = options.number("rounds", 5);
    String only = options.text("panel", "");
    List<String> prefix = Machine.pin();
    Peers peers = Peers.prepare();
    Peer product = peers.product().with(Peer.C2);
    Map<Panel, List<Figures>> measured = new LinkedHashMap<>();
    for (Panel panel : Panel.all()) {
      if (only.isEmpty() || only.equals(panel.name())) {
        // A process of its own each: what one panel makes hot is not what another does.
        try (BenchCloud cloud = new BenchCloud(false, DESTINATIONS);
            Running running = product.start(peers.work(), prefix, cloud)) {
          checkSpans(panel, running);
          warm(panel, running, warm.dividedBy(WARM_TURNS));
          List<Figures> figures = measure(panel, running, rounds);
          measured.put(panel, figures);
          print(panel, figures, rounds);
        }
      }
    }
    if (only.isEmpty()) {
      Files.writeString(PLOT, GrowthPlot.svg(measured));
      System.out.println("Wrote " + PLOT);
    }
    return true;
  }

  /** Each batch for as long as every other: the small ones would else hardly be seen. */
  private static void warm(Panel panel, Running running, Duration turn)
      throws IOException, InterruptedException {
    for (int i = 0; i < WARM_TURNS; i++) {
      for (Cell cell : panel.cells()) {
        running.warm(turn.dividedBy(panel.cells().size()), cell.event());
      }
    }
  }

  /** That the batches are what the axis says. */
  private static void checkSpans(Panel panel, Running running)
      throws IOException, InterruptedException {
    if (!panel.unit().equals("span")) {
      return;
    }
    running.sink().count(true);
    for (Cell cell : panel.cells()) {
      long before = running.sink().spans();
      running.invoke(cell.event());
      long spans = running.sink().spans() - before;
      if (spans != (long) cell.units()) {
        throw new IllegalStateException(spans + " spans in place of " + cell.units());
      }
    }
    running.sink().count(false);
  }

  private static List<Figures> measure(Panel panel, Running running, int rounds)
      throws IOException, InterruptedException {
    List<Figures> figures = panel.cells().stream().map(_ -> new Figures()).toList();
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < figures.size(); i++) {
        Cell cell = panel.cells().get(i);
        figures.get(i).add(cpuMicros(cell, running) / cell.units());
      }
    }
    return figures;
  }

  /** Of one batch. */
  private static double cpuMicros(Cell cell, Running running)
      throws IOException, InterruptedException {
    double from = running.proc().cpuMillis();
    double used = 0;
    int batches = 0;
    while (used < CPU_MILLIS) {
      running.invoke(cell.event());
      batches++;
      used = running.proc().cpuMillis() - from;
    }
    return used * 1_000 / batches;
  }

  private static void print(Panel panel, List<Figures> figures, int rounds) {
    Table table =
        new Table(
            panel.title(),
            "records in the batch",
            "CPU per batch, ms",
            "CPU per " + panel.unit() + ", µs",
            "× first");
    for (int i = 0; i < figures.size(); i++) {
      Cell cell = panel.cells().get(i);
      Figures each = figures.get(i);
      table.row(
          cell.label(),
          Integer.toString(cell.records()),
          Figures.number(each.median() * cell.units() / 1_000),
          each.spread(),
          each.ratio(figures.getFirst()));
    }
    table.print("%s (%s): medians of %d rounds".formatted(panel.title(), panel.axis(), rounds));
  }
}
