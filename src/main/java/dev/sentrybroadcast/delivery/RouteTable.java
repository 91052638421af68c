package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.destination.Destinations;
import dev.sentrybroadcast.destination.Destinations.Lookup;
import dev.sentrybroadcast.destination.Routes;
import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.TelemetryRecord;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.QueuedMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The records of a batch that wait to be sent, by destination. */
final class RouteTable {

  private final Function<QueuedMessage, List<Decoded>> decoder;
  private final SpanMapping mapping;
  private final DeliverySettings settings;
  private final Destinations destinations;
  private final DeliveryCounters counters;
  private final Map<String, List<BatchRecord>> records = new LinkedHashMap<>();
  private final List<StoredRecords> stored = new ArrayList<>();
  private @Nullable Lookup<Routes> routes;

  RouteTable(
      Function<QueuedMessage, List<Decoded>> decoder,
      SpanMapping mapping,
      DeliverySettings settings,
      Destinations destinations,
      DeliveryCounters counters) {
    this.decoder = decoder;
    this.mapping = mapping;
    this.settings = settings;
    this.destinations = destinations;
    this.counters = counters;
  }

  /**
   * Records in objects.
   *
   * @param message is done only once it was told so, besides its other records
   */
  record StoredRecords(BatchMessage message, Decoded.Stored what) {}

  /** Decodes the messages of a batch and adds their records. */
  void add(List<BatchMessage> batch, Deadline deadline) {
    for (BatchMessage message : batch) {
      if (message.isBlocked()) {
        continue;
      }
      if (deadline.isOver()) {
        message.fail(new Failure(Reason.OUT_OF_TIME, "not read, the time was over"));
        continue;
      }
      try {
        add(message, decoder.apply(message.message()));
      } catch (RuntimeException | StackOverflowError e) {
        message.fail(Failure.of(e));
      }
    }
  }

  /** Adds the records of a message, and tells the message of those that there are none of. */
  void add(BatchMessage message, List<Decoded> decoded) {
    for (Decoded each : decoded) {
      switch (each) {
        case Decoded.Malformed malformed -> {
          counters.increment(Counter.MALFORMED);
          message.fail(new Failure(Reason.MALFORMED, malformed.reason()));
        }
        case Decoded.Unavailable(String cause) ->
            message.fail(new Failure(Reason.SECRETS_UNAVAILABLE, cause));
        case Decoded.SourceUnavailable(String cause) ->
            message.fail(new Failure(Reason.SOURCE_UNAVAILABLE, cause));
        case Decoded.Ignored(String what) -> {
          message.expect();
          message.done();
          counters.correction("ignored " + what);
        }
        case Decoded.InObject object -> addStored(message, object);
        case Decoded.WithBodies record -> addStored(message, record);
        case Decoded.Valid(TelemetryRecord telemetry) -> {
          count(telemetry.corrections());
          BatchRecord record = new BatchRecord(message, telemetry, mapping, settings.limits());
          Routes.Choice choice = choice(record);
          if (choice != null) {
            for (String name : choice.names()) {
              message.expect();
              records.computeIfAbsent(name, _ -> new ArrayList<>()).add(record);
            }
          }
        }
      }
    }
  }

  /** Where the record goes; or null, and its message is told why. */
  private Routes.@Nullable Choice choice(BatchRecord record) {
    Routes.Choice named = Routes.named(record.telemetry().routing().destinations());
    if (named != null) {
      return named;
    }
    Lookup<Routes> lookup = routes == null ? lookUp() : routes;
    routes = lookup;
    if (lookup instanceof Lookup.Found<Routes>(Routes known, _)) {
      return known.of(record.values(), settings.defaultDestinations());
    }
    record.message().fail(DestinationLookup.failure(lookup));
    return null;
  }

  /** Done with the first record that names no destination itself, so once for a batch. */
  private Lookup<Routes> lookUp() {
    Lookup<Routes> lookup = destinations.routes();
    if (lookup instanceof Lookup.Found<Routes>(_, boolean stale) && stale) {
      counters.increment(Counter.LAST_GOOD_SERVED);
      counters.notice(Routes.NAME + ": the secret could not be read, its last good value is used");
    }
    return lookup;
  }

  private void addStored(BatchMessage message, Decoded.Stored what) {
    message.expect();
    stored.add(new StoredRecords(message, what));
  }

  /** One route for each destination; the table has none of them afterwards. */
  List<Route> takeRoutes() {
    List<Route> routes =
        records.entrySet().stream().map(e -> new Route(e.getKey(), e.getValue())).toList();
    records.clear();
    return routes;
  }

  /** Records that were not read yet. */
  List<StoredRecords> stored() {
    return List.copyOf(stored);
  }

  private void count(Corrections corrections) {
    for (Corrections.Kind kind : corrections.kinds()) {
      counters.correction(kind.name());
    }
    for (String path : corrections.droppedFields()) {
      counters.correction("dropped " + path);
    }
  }
}
