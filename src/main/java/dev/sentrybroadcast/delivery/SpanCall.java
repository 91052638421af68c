package dev.sentrybroadcast.delivery;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request, which the exporter writes in one or more calls: what the sender must know of it, and
 * what the sender saw. The exporter's own result says neither the status nor the headers in a
 * public type.
 */
final class SpanCall implements AutoCloseable {

  /** Bound around {@code export}, which calls the sender on the same thread. */
  static final ScopedValue<SpanCall> CURRENT = ScopedValue.newInstance();

  private final Duration timeout;
  private final GzipBody body;
  private int awaited;
  private boolean tooLarge;
  private @Nullable HttpAnswer answer;

  /**
   * A request of which nothing is written.
   *
   * @param parts how many calls of the exporter write it
   * @param bytes about how many it takes before it is compressed
   */
  SpanCall(Duration timeout, int parts, long bytes) throws IOException {
    this.timeout = timeout;
    awaited = parts;
    body = new GzipBody(bytes);
  }

  Duration timeout() {
    return timeout;
  }

  GzipBody body() {
    return body;
  }

  /** One part of it is written: whether that was the last one. */
  boolean endPart() {
    awaited--;
    return awaited == 0;
  }

  void setTooLarge() {
    tooLarge = true;
  }

  void setAnswer(HttpAnswer newAnswer) {
    answer = newAnswer;
  }

  boolean isTooLarge() {
    return tooLarge;
  }

  /** Null when nothing was sent. */
  @Nullable HttpAnswer answer() {
    return answer;
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
