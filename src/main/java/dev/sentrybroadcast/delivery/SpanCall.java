package dev.sentrybroadcast.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call of the exporter: what the sender must know of it, and what the sender saw. The
 * exporter's own result says neither the status nor the headers in a public type.
 */
final class SpanCall {

  /** Bound around {@code export}, which calls the sender on the same thread. */
  static final ScopedValue<SpanCall> CURRENT = ScopedValue.newInstance();

  private final Duration timeout;
  private boolean tooLarge;
  private @Nullable HttpAnswer answer;
  private int bodyBytes;

  SpanCall(Duration timeout) {
    this.timeout = timeout;
  }

  Duration timeout() {
    return timeout;
  }

  void setTooLarge() {
    tooLarge = true;
  }

  void setAnswer(HttpAnswer newAnswer, int newBodyBytes) {
    answer = newAnswer;
    bodyBytes = newBodyBytes;
  }

  boolean isTooLarge() {
    return tooLarge;
  }

  /** Null when nothing was sent. */
  @Nullable HttpAnswer answer() {
    return answer;
  }

  /** As compressed. */
  int bodyBytes() {
    return bodyBytes;
  }
}
