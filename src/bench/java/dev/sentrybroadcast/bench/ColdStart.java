package dev.sentrybroadcast.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Process start to first answer, one record of 6 KB delivered and its destination's secret read:
 * hello, stock, the product, and the product with an AOT cache, in turn.
 */
final class ColdStart {

  private final Peers peers;
  private final List<String> prefix;
  private final BenchCloud cloud;
  private final byte[] event = Events.json(Records.bodies(1, 6_000));

  private ColdStart(Peers peers, List<String> prefix, BenchCloud cloud) {
    this.peers = peers;
    this.prefix = prefix;
    this.cloud = cloud;
  }

  static boolean run(Options options) throws IOException, InterruptedException {
    int starts = options.number("starts", 15);
    List<String> prefix = Machine.pin();
    try (BenchCloud cloud = new BenchCloud(false)) {
      new ColdStart(Peers.prepare(), prefix, cloud).measure(starts);
    }
    return true;
  }

  private void measure(int starts) throws IOException, InterruptedException {
    List<Measured> all = new ArrayList<>();
    for (Peer peer : List.of(peers.hello(), peers.stock(), peers.product(), trained())) {
      all.add(new Measured(peer));
    }
    // The first one of each warms the page cache.
    for (int i = 0; i <= starts; i++) {
      for (Measured measured : all) {
        start(measured, i > 0);
      }
    }
    Measured hello = all.getFirst();
    Table table =
        new Table(
            "", "first next, ms", "first response, ms", "× hello", "CPU, ms", "× hello", "RSS, MB");
    for (Measured measured : all) {
      table.row(
          measured.peer.name(),
          measured.next.spread(),
          measured.response.spread(),
          measured.response.ratio(hello.response),
          measured.cpu.spread(),
          measured.cpu.ratio(hello.cpu),
          Figures.number(measured.rss.median()));
    }
    table.print("Cold start, C1, medians of " + starts + " (least–most)");
  }

  private void start(Measured measured, boolean counts) throws IOException, InterruptedException {
    try (Running running = measured.peer.start(peers.work(), prefix, cloud)) {
      running.invoke(event);
      if (counts) {
        long started = running.process().startedNanos();
        measured.next.add((running.api().readyNanos() - started) / 1e6);
        measured.response.add((running.api().answeredNanos() - started) / 1e6);
        measured.cpu.add(running.proc().cpuMillis());
        measured.rss.add(running.proc().peakRssMegabytes());
      }
    }
  }

  /** One training run, ended by SIGTERM: the JVM writes the cache as it exits (JEP 514). */
  private Peer trained() throws IOException, InterruptedException {
    Path cache = peers.work().resolve("app.aot");
    Peer flat = peers.flat().named("this, with an AOT cache");
    // No -Xshare beside them: the JVM refuses to start with both.
    List<String> flags = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    List<String> training = new ArrayList<>(flags);
    training.add("-XX:AOTCacheOutput=" + cache);
    try (Running running = flat.with(training).start(peers.work(), List.of(), cloud)) {
      running.invoke(event);
      running.process().terminate(Duration.ofSeconds(60));
    }
    System.out.printf("AOT cache: %,d bytes%n", Files.size(cache));
    List<String> trained = new ArrayList<>(flags);
    trained.add("-XX:AOTCache=" + cache);
    return flat.with(trained);
  }

  /** What was measured of a peer. */
  private static final class Measured {
    final Peer peer;
    final Figures next = new Figures();
    final Figures response = new Figures();
    final Figures cpu = new Figures();
    final Figures rss = new Figures();

    Measured(Peer peer) {
      this.peer = peer;
    }
  }
}
