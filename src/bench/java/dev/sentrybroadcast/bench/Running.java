package dev.sentrybroadcast.bench;

import dev.sentrybroadcast.local.LambdaProcess;
import dev.sentrybroadcast.local.RuntimeApi;
import java.io.IOException;
import java.time.Duration;

/** A function that was started, and its Runtime API. */
record Running(Peer peer, RuntimeApi api, LambdaProcess process, Sink sink)
    implements AutoCloseable {

  static final Duration LIMIT = Duration.ofSeconds(60);

  private static final String ALL_DONE = "{\"batchItemFailures\":[]}";

  Proc proc() {
    return new Proc(process.pid());
  }

  /** One batch, which must be delivered whole; how long it took, in ms. */
  double invoke(byte[] event) throws IOException, InterruptedException {
    long requests = sink.requests();
    RuntimeApi.Answer answer = api.invoke(event, LIMIT);
    if (!answer.equals(new RuntimeApi.Answer("response", ALL_DONE))
        || peer.delivers() != sink.requests() > requests) {
      throw new IllegalStateException(
          peer.name() + " answered " + answer + "; its log:\n" + tail(process.output()));
    }
    return (api.answeredNanos() - api.handedNanos()) / 1e6;
  }

  /** So often that it takes about so long. */
  void warm(Duration time, byte[] event) throws IOException, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      invoke(event);
    }
  }

  private static String tail(String log) {
    return log.substring(Math.max(0, log.length() - 3_000));
  }

  @Override
  public void close() {
    process.close();
    api.close();
  }
}
