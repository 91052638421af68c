package dev.sentrybroadcast.delivery;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toList;

import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.Destinations;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.sentry.Pause;
import dev.sentrybroadcast.sentry.RateLimits;
import dev.sentrybroadcast.sentry.SentryHttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The use case: delivers a batch of messages to Sentry and says which of them were not delivered.
 * Thread-safe.
 *
 * <p>A message is done once each of its records is done at each of its destinations: accepted,
 * sampled out, filtered, or the destination disabled. Records of a returned message that were
 * accepted do no harm when they come again, because their span ids are the same. On a FIFO queue a
 * message is never deleted before an earlier one of its group, and none is sent once an earlier one
 * has failed. But they share a request where they fit, and a later one may have been accepted by
 * another destination. Objects are read after all other records of the batch.
 */
public final class Broadcast {

  /**
   * The longest time that a message is hidden for a rate limit. SQS allows 12 hours, but a message
   * that is hidden beyond the queue's retention is lost, and a limit may be lifted early.
   */
  public static final Duration LONGEST_HIDING = Duration.ofHours(1);

  /** A connection that was idle for longer may be closed by the time that it is used. */
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(25);

  private final DeliverySettings settings;
  private final Function<QueuedMessage, List<Decoded>> decoder;
  private final SpanMapping mapping;
  private final ObjectReading objects;
  private final Destinations destinations;
  private final Visibility visibility;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Retries retries;
  private final SentryHttpClient http;
  private final ConcurrentMap<String, DestinationExporter> exporters = new ConcurrentHashMap<>();
  private volatile Instant lastDelivery = Instant.MIN;

  /**
   * One for each execution environment. It keeps rate limits.
   *
   * @param decoder {@code RecordDecoder::decode}
   * @param objects for what the decoder finds in objects
   * @param mapping {@code GenerationSpans::spans}
   * @param clock for ages and rate limits
   * @param nanos a monotonic clock, for durations
   * @param random for jitter; not seeded before a snapshot, or each restored environment would have
   *     the same
   */
  public Broadcast(
      DeliverySettings settings,
      Function<QueuedMessage, List<Decoded>> decoder,
      ObjectReading objects,
      SpanMapping mapping,
      Destinations destinations,
      Visibility visibility,
      SentryHttpClient http,
      InstantSource clock,
      LongSupplier nanos,
      Pause pause,
      RandomGenerator random) {
    this.settings = settings;
    this.decoder = decoder;
    this.objects = objects;
    this.mapping = mapping;
    this.destinations = destinations;
    this.visibility = visibility;
    this.clock = clock;
    this.http = http;
    this.nanos = nanos;
    retries = new Retries(pause, random);
  }

  /**
   * Delivers the batch within the deadline. Never throws for what the messages, the destinations or
   * Sentry do.
   *
   * @param fifo whether the queue keeps order: then the rest of a message group is returned after
   *     its first failure
   */
  public BatchReport deliver(List<QueuedMessage> messages, boolean fifo, Deadline deadline) {
    closeOldConnections();
    DeliveryCounters counters = new DeliveryCounters();
    List<BatchMessage> batch = BatchMessage.batch(messages, fifo);
    RouteTable table = new RouteTable(decoder, mapping, settings, destinations, counters);
    DestinationLookup lookup = new DestinationLookup(destinations, deadline, counters);
    List<DestinationDelivery> deliveries = new ArrayList<>();
    Consumer<List<Route>> sender =
        routes -> deliveries.addAll(send(routes, lookup, deadline, counters));
    table.add(batch, deadline);
    sender.accept(table.takeRoutes());
    if (!table.stored().isEmpty()) {
      new ObjectDelivery(objects, fifo, table, sender, counters, deadline).deliver(table.stored());
    }
    hide(batch, counters);
    for (DestinationDelivery delivery : deliveries) {
      new IssueDelivery(delivery, retries, counters, deadline).send();
    }
    List<ReturnedMessage> returned =
        batch.stream().map(BatchMessage::verdict).filter(Objects::nonNull).toList();
    return counters.report(returned, messages.size());
  }

  /** What can be sent is sent before unknown names are looked up. */
  private List<DestinationDelivery> send(
      List<Route> routes, DestinationLookup lookup, Deadline deadline, DeliveryCounters counters) {
    Map<Boolean, List<Route>> byKnown = routes.stream().collect(partitioningBy(lookup::isKnown));
    List<Route> known = byKnown.getOrDefault(true, List.of());
    List<Route> unknown = DestinationLookup.sorted(byKnown.getOrDefault(false, List.of()));
    List<DestinationDelivery> deliveries =
        new ArrayList<>(send(known, unknown.isEmpty() ? 0 : 1, lookup, deadline, counters));
    deliveries.addAll(send(unknown, 0, lookup, deadline, counters));
    return deliveries;
  }

  /**
   * Sends to each destination of the routes. A fault of one destination, even a bug, fails none of
   * the others.
   *
   * @param later shares of the time that are left for others
   */
  private List<DestinationDelivery> send(
      List<Route> routes,
      int later,
      DestinationLookup lookup,
      Deadline deadline,
      DeliveryCounters counters) {
    Map<Route, Destination> found = new LinkedHashMap<>();
    for (Route route : routes) {
      Destination destination = lookup.find(route);
      if (destination != null) {
        found.put(route, destination);
      }
    }
    List<DestinationDelivery> deliveries = new ArrayList<>();
    found.forEach((route, destination) -> {
      int shares = found.size() - deliveries.size() + later;
      try {
        DestinationDelivery delivery =
            new DestinationDelivery(
                destination, settings, destinations, this::exporter, retries, clock, counters);
        deliveries.add(delivery);
        delivery.send(route.records(), deadline.shareOf(shares));
      } catch (RuntimeException e) {
        route.fail(Failure.of(e));
      }
    });
    return deliveries;
  }

  /** The monotonic clock may stand still while Lambda freezes the process. */
  private void closeOldConnections() {
    Instant now = clock.instant();
    if (lastDelivery.plus(LONGEST_IDLE).isBefore(now)) {
      http.evictConnections();
    }
    lastDelivery = now;
  }

  /** The exporter of the destination as it is now. It knows the rate limits of earlier batches. */
  private DestinationExporter exporter(Destination destination) {
    return exporters.compute(
        destination.name(),
        (_, known) ->
            known != null && known.leadsTo(destination)
                ? known
                : new DestinationExporter(
                    destination, http, clock, nanos, settings.client(), new RateLimits()));
  }

  /** Hides rate limited messages, those with the same wait in one call. */
  private void hide(List<BatchMessage> batch, DeliveryCounters counters) {
    Map<Long, List<QueuedMessage>> bySeconds =
        batch.stream()
            .filter(message -> message.hidden().isPositive())
            .collect(
                groupingBy(
                    message ->
                        Math.min(
                            DeliveryCounters.seconds(message.hidden()), LONGEST_HIDING.toSeconds()),
                    TreeMap::new,
                    mapping(BatchMessage::message, toList())));
    bySeconds.forEach((seconds, messages) -> {
      try {
        visibility.extend(messages, Duration.ofSeconds(seconds));
      } catch (RuntimeException e) {
        counters.notice("rate limited messages could not be hidden: " + e.getClass().getName());
      }
    });
  }
}
