package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.destination.Destinations;
import dev.sentrybroadcast.genai.GenerationSpans;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.intake.RecordDecoder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The use case: brings a batch of messages to Sentry and says which of them were not delivered.
 * Safe to call from several threads.
 */
public final class Broadcast implements AutoCloseable {

  /**
   * The longest that a message is hidden for a rate limit. SQS would allow 12 hours; but a message
   * that outlives the queue's retention is lost, and a limit may be lifted early.
   */
  public static final Duration LONGEST_HIDING = Duration.ofHours(1);

  /**
   * One for each execution environment: it keeps connections, exporters and rate limits.
   *
   * @param clock for ages and rate limits
   * @param nanos a monotonic clock, for durations
   */
  public Broadcast(
      DeliverySettings settings,
      RecordDecoder decoder,
      GenerationSpans spans,
      Destinations destinations,
      Visibility visibility,
      InstantSource clock,
      LongSupplier nanos,
      Pause pause) {}

  /**
   * Brings the batch to Sentry, within the deadline. Never throws for what the messages, the
   * destinations or Sentry do.
   *
   * @param fifo whether the queue keeps order: then the rest of a message group is returned after
   *     its first failure
   */
  public BatchReport deliver(List<QueuedMessage> messages, boolean fifo, Deadline deadline) {
    return new BatchReport(
        List.of(),
        messages.size(),
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        List.of());
  }

  /** Closes the connections. */
  @Override
  public void close() {}
}
