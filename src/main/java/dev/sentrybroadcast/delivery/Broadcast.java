package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.delivery.BatchMessage.MessageGroup;
import dev.sentrybroadcast.delivery.BatchRecord.SpanMapping;
import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.Destinations;
import dev.sentrybroadcast.genai.GenerationSpans;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.intake.RecordDecoder;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The use case: brings a batch of messages to Sentry and says which of them were not delivered.
 * Safe to call from several threads.
 *
 * <p>A message is done once each of its records is done at each of its destinations: accepted,
 * sampled out, filtered, or the destination switched off. What was accepted of a message that is
 * returned does no harm when it comes again, its ids are the same. On a FIFO queue a message is
 * never deleted before an earlier one of its group; nor is one sent once an earlier one has failed.
 * But they travel in one request where they fit, and a later one may have been accepted elsewhere.
 */
public final class Broadcast implements AutoCloseable {

  /**
   * The longest that a message is hidden for a rate limit. SQS would allow 12 hours; but a message
   * that outlives the queue's retention is lost, and a limit may be lifted early.
   */
  public static final Duration LONGEST_HIDING = Duration.ofHours(1);

  private final DeliverySettings settings;
  private final Router router;
  private final Destinations destinations;
  private final Visibility visibility;
  private final InstantSource clock;
  private final Admittance admittance;
  private final Retries retries;
  private final SentryHttp http;
  private final DestinationExporters exporters;

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
      Pause pause) {
    // A generator seeded before a snapshot would give each restored environment the same jitter.
    this(
        settings,
        decoder::decode,
        spans::spans,
        destinations,
        visibility,
        clock,
        nanos,
        pause,
        new SecureRandom());
  }

  Broadcast(
      DeliverySettings settings,
      Function<QueuedMessage, List<Decoded>> decoder,
      SpanMapping mapping,
      Destinations destinations,
      Visibility visibility,
      InstantSource clock,
      LongSupplier nanos,
      Pause pause,
      RandomGenerator random) {
    this.settings = settings;
    router = new Router(decoder, mapping, settings.limits(), settings.defaultDestinations());
    this.destinations = destinations;
    this.visibility = visibility;
    this.clock = clock;
    admittance = new Admittance(settings.forced());
    retries = new Retries(pause, random);
    http = new SentryHttp(clock, nanos);
    exporters =
        new DestinationExporters(http, clock, nanos, settings.maxRequestBytes(), settings.client());
  }

  /**
   * Brings the batch to Sentry, within the deadline. Never throws for what the messages, the
   * destinations or Sentry do.
   *
   * @param fifo whether the queue keeps order: then the rest of a message group is returned after
   *     its first failure
   */
  public BatchReport deliver(List<QueuedMessage> messages, boolean fifo, Deadline deadline) {
    Tally tally = new Tally();
    List<BatchMessage> batch = batch(messages, fifo);
    List<DestinationRun> runs = new ArrayList<>();
    List<List<BatchRecord>> recordsOfRuns = new ArrayList<>();
    Map<String, List<BatchRecord>> routes = router.route(batch, deadline, tally);
    DestinationLookup lookup = new DestinationLookup(destinations, deadline);
    for (Map.Entry<String, List<BatchRecord>> route : routes.entrySet()) {
      Destination destination = lookup.find(route.getKey(), route.getValue(), tally);
      if (destination != null) {
        runs.add(run(destination, tally));
        recordsOfRuns.add(route.getValue());
      }
    }
    for (int i = 0; i < runs.size(); i++) {
      runs.get(i).send(recordsOfRuns.get(i), deadline.shareOf(runs.size() - i));
    }
    hide(batch, tally);
    for (DestinationRun run : runs) {
      new IssueRun(run, retries, tally, deadline).send();
    }
    return tally.report(verdicts(batch), messages.size(), clock.millis());
  }

  /**
   * Makes what the first request to the destination needs, its exporter and a connection, so that
   * no invocation waits for them. Never throws for what the network does.
   *
   * @param timeout the longest that the connection may take
   */
  public void prepare(Destination destination, Duration timeout) {
    exporters.of(destination).connectAhead(timeout);
  }

  private static List<BatchMessage> batch(List<QueuedMessage> messages, boolean fifo) {
    Map<String, MessageGroup> groups = new HashMap<>();
    List<BatchMessage> batch = new ArrayList<>(messages.size());
    for (QueuedMessage message : messages) {
      // Only of a FIFO queue: fair queues carry a group on standard queues too.
      MessageGroup group =
          fifo
              ? groups.computeIfAbsent(
                  message.group() == null ? "" : message.group(), _ -> new MessageGroup())
              : new MessageGroup();
      batch.add(new BatchMessage(message, group, batch.size()));
    }
    return batch;
  }

  private DestinationRun run(Destination destination, Tally tally) {
    return new DestinationRun(
        destination,
        admittance,
        destinations,
        exporters,
        retries,
        tally,
        settings.maxRequestBytes());
  }

  /** Hides what Sentry wants later until then, each wait in one call. */
  private void hide(List<BatchMessage> batch, Tally tally) {
    Map<Long, List<QueuedMessage>> bySeconds = new TreeMap<>();
    for (BatchMessage message : batch) {
      if (message.hidden().isPositive()) {
        long seconds = Math.min(Tally.seconds(message.hidden()), LONGEST_HIDING.toSeconds());
        bySeconds.computeIfAbsent(seconds, _ -> new ArrayList<>()).add(message.message());
      }
    }
    bySeconds.forEach((seconds, messages) -> {
      try {
        visibility.extend(messages, Duration.ofSeconds(seconds));
      } catch (RuntimeException e) {
        tally.notice("rate limited messages could not be hidden: " + e.getClass().getName());
      }
    });
  }

  private static List<ReturnedMessage> verdicts(List<BatchMessage> batch) {
    List<ReturnedMessage> returned = new ArrayList<>();
    for (BatchMessage message : batch) {
      ReturnedMessage verdict = message.verdict();
      if (verdict != null) {
        returned.add(verdict);
      }
    }
    return returned;
  }

  int exporters() {
    return exporters.count();
  }

  /** Closes the connections. */
  @Override
  public void close() {
    http.close();
  }
}
