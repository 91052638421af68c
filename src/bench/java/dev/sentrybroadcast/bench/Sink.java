package dev.sentrybroadcast.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/** A Sentry on loopback that accepts everything, reads it, and drops it. */
final class Sink implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong spans = new AtomicLong();
  private volatile boolean counting;
  private volatile Duration distance = Duration.ZERO;

  Sink() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::accept);
    server.setExecutor(threads);
    server.start();
  }

  /** {@code http://127.0.0.1:port}. */
  String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  long requests() {
    return requests.get();
  }

  /** Whether requests are decoded, for {@link #spans}: not while something is measured. */
  void count(boolean on) {
    counting = on;
  }

  /** How much longer each answer takes, as if it came from afar. */
  void distance(Duration time) {
    distance = time;
  }

  /** Spans that came while they were counted. */
  long spans() {
    return spans.get();
  }

  private void accept(HttpExchange exchange) throws IOException {
    byte[] body;
    try (InputStream in = exchange.getRequestBody()) {
      body = in.readAllBytes();
    }
    requests.incrementAndGet();
    if (counting) {
      spans.addAndGet(spansOf(body));
    }
    if (distance.isPositive()) {
      travel();
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  /** Not for no time at all: a virtual thread would give way to others, in every bench. */
  private void travel() {
    try {
      Thread.sleep(distance);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static long spansOf(byte[] gzipped) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzipped))) {
      return ExportTraceServiceRequest.parseFrom(in).getResourceSpansList().stream()
          .flatMap(resource -> resource.getScopeSpansList().stream())
          .mapToLong(scope -> scope.getSpansCount())
          .sum();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
