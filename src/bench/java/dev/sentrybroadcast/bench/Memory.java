package dev.sentrybroadcast.bench;

import java.io.IOException;
import java.util.List;

/**
 * Memory: the peak at a function's size, what a record allocates, and the smallest heap that the
 * largest batch passes in.
 */
final class Memory {

  private static final int BATCHES = 8;

  /** In MB. */
  private static final List<Integer> HEAPS = List.of(16, 24, 32, 48, 64, 96);

  private final Peers peers;
  private final List<String> prefix;
  private final int megabytes;

  private Memory(Peers peers, List<String> prefix, int megabytes) {
    this.peers = peers;
    this.prefix = prefix;
    this.megabytes = megabytes;
  }

  /** Part {@code use}, {@code heap}, or both; {@code --megabytes} is the function's size. */
  static boolean run(Options options) throws IOException, InterruptedException {
    List<String> prefix = Machine.pin();
    Memory memory = new Memory(Peers.prepare(), prefix, options.number("megabytes", 512));
    Peer product = memory.peers.product();
    String part = options.text("part", "");
    if (!part.equals("heap")) {
      memory.use(product);
    }
    if (!part.equals("use")) {
      memory.heap(product);
    }
    return true;
  }

  private void use(Peer product) throws IOException, InterruptedException {
    Table table =
        new Table(
            "batch",
            "peak RSS, MB",
            "allocated per record, KB",
            "in privacy mode: peak RSS, MB",
            "allocated per record, KB");
    for (Batch batch : Batch.values()) {
      String[] cells = new String[4];
      for (int i = 0; i < 2; i++) {
        try (BenchCloud cloud = new BenchCloud(i == 1)) {
          cells[2 * i] = Figures.number(peak(product, batch, cloud));
          cells[2 * i + 1] =
              Figures.number(Allocation.bytesPerRecord(batch, prefix, cloud) / 1_000);
        }
      }
      table.row(batch.toString(), cells[0], cells[1], cells[2], cells[3]);
    }
    table.print("Memory at " + megabytes + " MB, C1, " + 2 * BATCHES + " batches");
  }

  private double peak(Peer product, Batch batch, BenchCloud cloud)
      throws IOException, InterruptedException {
    byte[] event = Events.json(batch.bodies());
    List<String> flags =
        List.of("-XX:MaxRAM=" + megabytes + "m", "-Xmx" + megabytes * 85 / 100 + "m");
    try (Running running = product.start(peers.work(), prefix, cloud, flags)) {
      for (int i = 0; i < 2 * BATCHES; i++) {
        running.invoke(event);
      }
      return running.proc().peakRssMegabytes();
    }
  }

  private void heap(Peer deployed) throws IOException, InterruptedException {
    Peer hello = peers.hello().with(Peer.C2);
    Peer product = deployed.with(Peer.C2);
    byte[] event = Events.json(Batch.MAX_6.bodies());
    Table table = new Table("", "smallest heap, MB", "peak RSS, MB", "ms per batch");
    try (BenchCloud open = new BenchCloud(false);
        BenchCloud closed = new BenchCloud(true)) {
      smallest(table, hello, event, open);
      smallest(table, product, event, open);
      smallest(table, product.named("this, in privacy mode"), event, closed);
    }
    table.print("Smallest heap for " + BATCHES + " batches of " + Batch.MAX_6 + ", C2");
  }

  private void smallest(Table table, Peer peer, byte[] event, BenchCloud cloud)
      throws IOException, InterruptedException {
    for (int heap : HEAPS) {
      List<String> flags = List.of("-XX:MaxRAM=512m", "-Xmx" + heap + "m");
      try (Running running = peer.start(peers.work(), prefix, cloud, flags)) {
        Figures each = new Figures();
        for (int i = 0; i < BATCHES; i++) {
          each.add(running.invoke(event));
        }
        String rss = Figures.number(running.proc().peakRssMegabytes());
        table.row(peer.name(), Integer.toString(heap), rss, Figures.number(each.median()));
        return;
      } catch (IllegalStateException | AssertionError e) {
        System.out.println(peer.name() + " fails at " + heap + " MB");
      }
    }
    table.row(peer.name(), "more than " + HEAPS.getLast(), "", "");
  }
}
