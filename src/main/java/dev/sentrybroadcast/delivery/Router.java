package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.destination.Destinations;
import dev.sentrybroadcast.destination.Destinations.Lookup;
import dev.sentrybroadcast.destination.Destinations.RoutesLookup;
import dev.sentrybroadcast.destination.Routes;
import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.generation.Corrections;
import dev.sentrybroadcast.generation.TelemetryRecord;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.QueuedMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Decodes the messages of a batch and groups their records by destination. */
record Router(
    Function<QueuedMessage, List<Decoded>> decoder,
    SpanMapping mapping,
    ContentLimits limits,
    Destinations destinations,
    List<String> defaults) {

  /** One route for each destination that the records of the batch go to. */
  List<Route> route(List<BatchMessage> batch, Deadline deadline, DeliveryCounters counters) {
    Map<String, List<BatchRecord>> records = new LinkedHashMap<>();
    RoutesLookup routes = null;
    for (BatchMessage message : batch) {
      if (message.isBlocked()) {
        continue;
      }
      if (deadline.isOver()) {
        message.fail(new Failure(Reason.OUT_OF_TIME, "not read, the time was over"));
        continue;
      }
      try {
        for (Decoded decoded : decoder.apply(message.message())) {
          switch (decoded) {
            case Decoded.Malformed malformed -> {
              counters.increment(Counter.MALFORMED);
              message.fail(new Failure(Reason.MALFORMED, malformed.reason()));
            }
            case Decoded.Unavailable(String cause) ->
                message.fail(new Failure(Reason.SECRETS_UNAVAILABLE, cause));
            case Decoded.Ignored(String what) -> {
              message.expect();
              message.done();
              counters.correction("ignored " + what);
            }
            case Decoded.Valid(TelemetryRecord telemetry) -> {
              count(telemetry.corrections(), counters);
              BatchRecord record = new BatchRecord(message, telemetry, mapping, limits);
              Routes.Choice choice = Routes.named(telemetry.routing().destinations());
              if (choice == null) {
                routes = routes == null ? routes(counters) : routes;
                switch (routes) {
                  case RoutesLookup.Found(Routes known, _) ->
                      choice = known.of(record.values(), defaults);
                  case RoutesLookup.Unusable(Lookup why) -> {
                    message.fail(DestinationLookup.failure(why));
                    continue;
                  }
                }
              }
              for (String name : choice.names()) {
                message.expect();
                records.computeIfAbsent(name, _ -> new ArrayList<>()).add(record);
              }
            }
          }
        }
      } catch (RuntimeException | StackOverflowError e) {
        message.fail(Failure.of(e));
      }
    }
    return records.entrySet().stream().map(e -> new Route(e.getKey(), e.getValue())).toList();
  }

  /** Looked up with the first record that names no destination itself, so once for a batch. */
  private RoutesLookup routes(DeliveryCounters counters) {
    RoutesLookup lookup = destinations.routes();
    if (lookup instanceof RoutesLookup.Found(_, boolean stale) && stale) {
      counters.increment(Counter.LAST_GOOD_SERVED);
      counters.notice(Routes.NAME + ": the secret could not be read, its last good value is used");
    }
    return lookup;
  }

  private static void count(Corrections corrections, DeliveryCounters counters) {
    for (Corrections.Kind kind : corrections.kinds()) {
      counters.correction(kind.name());
    }
    for (String path : corrections.droppedFields()) {
      counters.correction("dropped " + path);
    }
  }
}
