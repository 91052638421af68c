package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.delivery.BatchRecord.SpanMapping;
import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
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

/** Decodes the messages of a batch, and sorts their records by where they go. */
final class Router {

  private final Function<QueuedMessage, List<Decoded>> decoder;
  private final SpanMapping mapping;
  private final ContentLimits limits;
  private final List<String> defaults;

  Router(
      Function<QueuedMessage, List<Decoded>> decoder,
      SpanMapping mapping,
      ContentLimits limits,
      List<String> defaults) {
    this.decoder = decoder;
    this.mapping = mapping;
    this.limits = limits;
    this.defaults = defaults;
  }

  /** The records of the batch, in order, by the name of each destination they go to. */
  Map<String, List<BatchRecord>> route(List<BatchMessage> batch, Deadline deadline, Tally tally) {
    Map<String, List<BatchRecord>> routes = new LinkedHashMap<>();
    for (BatchMessage message : batch) {
      if (message.isBlocked()) {
        continue;
      }
      if (deadline.isOver()) {
        message.fail(Reason.OUT_OF_TIME, "not read, the time was over");
        continue;
      }
      try {
        for (Decoded decoded : decoder.apply(message.message())) {
          switch (decoded) {
            case Decoded.Malformed malformed -> {
              tally.malformed++;
              message.fail(Reason.MALFORMED, malformed.reason());
            }
            case Decoded.Unavailable(String cause) ->
                message.fail(Reason.SECRETS_UNAVAILABLE, cause);
            case Decoded.Ignored(String what) -> {
              message.await();
              message.arrived();
              tally.correction("ignored " + what);
            }
            case Decoded.Valid(TelemetryRecord telemetry) -> {
              count(telemetry.corrections(), tally);
              BatchRecord record = new BatchRecord(message, telemetry, mapping, limits);
              for (String name : Routes.of(telemetry, defaults)) {
                message.await();
                routes.computeIfAbsent(name, _ -> new ArrayList<>()).add(record);
              }
            }
          }
        }
      } catch (RuntimeException | StackOverflowError e) {
        message.fail(Reason.BUG, Bug.describe(e));
      }
    }
    return routes;
  }

  private static void count(Corrections corrections, Tally tally) {
    for (Corrections.Kind kind : corrections.kinds()) {
      tally.correction(kind.name());
    }
    for (String path : corrections.droppedFields()) {
      tally.correction("dropped " + path);
    }
  }
}
