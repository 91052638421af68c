package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.Destinations;
import dev.sentrybroadcast.destination.Destinations.Lookup;
import dev.sentrybroadcast.sentry.ErrorEvent;
import dev.sentrybroadcast.sentry.RateLimits;
import dev.sentrybroadcast.sentry.ResponseVerdict;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends the records of one invocation to one destination, by the rules of the failure table. */
final class DestinationDelivery {

  /** How many new keys are tried in one invocation. */
  private static final int MAX_NEW_KEYS = 3;

  private final DeliverySettings settings;
  private final Destinations destinations;
  private final Function<Destination, DestinationExporter> exporters;
  private final Retries retries;
  private final InstantSource clock;
  private final DeliveryCounters counters;

  private final Deque<SpanRequest> queue = new ArrayDeque<>();
  private final List<ErrorEvent> events = new ArrayList<>();
  private Destination destination;
  private DestinationExporter exporter;
  private @Nullable Failure stop;
  private int newKeys;

  DestinationDelivery(
      Destination destination,
      DeliverySettings settings,
      Destinations destinations,
      Function<Destination, DestinationExporter> exporters,
      Retries retries,
      InstantSource clock,
      DeliveryCounters counters) {
    this.destination = destination;
    this.settings = settings;
    this.destinations = destinations;
    this.exporters = exporters;
    this.retries = retries;
    this.clock = clock;
    this.counters = counters;
    exporter = exporters.apply(destination);
  }

  /** Sends the records. Each message of a record that is not delivered is told so. */
  void send(List<BatchRecord> records, Deadline deadline) {
    SpanRequest.Packed packed =
        SpanRequest.pack(filter().select(records), settings.maxRequestBytes());
    Failure tooMany =
        new Failure(Reason.MALFORMED, "too many records of the batch have its span ids");
    packed.leftOver().forEach(record -> record.fail(tooMany));
    queue.addAll(packed.requests());
    while (!queue.isEmpty()) {
      List<DestinationRecord> unblocked = new ArrayList<>(queue.removeFirst().records());
      unblocked.removeIf(DestinationRecord::isBlocked);
      try {
        send(new SpanRequest(unblocked), deadline);
      } catch (RuntimeException e) {
        fail(new SpanRequest(unblocked), Failure.of(e));
      }
    }
  }

  /** Error events of the records that were accepted, where the destination wants issues. */
  List<ErrorEvent> events() {
    return events;
  }

  DestinationExporter exporter() {
    return exporter;
  }

  String name() {
    return destination.name();
  }

  private void send(SpanRequest unsent, Deadline deadline) {
    SpanRequest request = unsent;
    int failures = 0;
    int waits = 0;
    while (!request.records().isEmpty()) {
      if (stop != null) {
        fail(request, stop);
        return;
      }
      Duration limited = exporter.limited(RateLimits.Category.SPAN);
      if (limited.isPositive()) {
        counters.max(Counter.RATE_LIMITED_SECONDS, DeliveryCounters.seconds(limited));
        if (waits++ < Retries.MAX_ATTEMPTS && retries.await(limited, deadline)) {
          continue;
        }
        String detail = name() + ": rate limited for " + DeliveryCounters.seconds(limited) + " s";
        fail(request, new Failure(Reason.RATE_LIMITED, detail, limited));
        return;
      }
      Duration timeout = Retries.sendTimeout(deadline);
      if (timeout == null) {
        fail(request, failure(Reason.OUT_OF_TIME, "not sent, the time was over"));
        return;
      }
      if (request.bytes() > settings.maxRequestBytes()) {
        split(request);
        return;
      }
      ResponseVerdict verdict = exporter.export(request.spans(), timeout, counters);
      switch (verdict.kind()) {
        case ACCEPTED -> {
          accepted(request, verdict.rejectedSpans());
          return;
        }
        case TOO_LARGE -> {
          split(request);
          return;
        }
        case RATE_LIMITED -> {
          // A limit of zero seconds, or of other categories alone, says no time to come back.
          if (!exporter.limited(RateLimits.Category.SPAN).isPositive()
              && !retries.backOff(++failures, null, deadline)) {
            stop = failure(Reason.RATE_LIMITED, "HTTP 429 without a time to wait");
          }
        }
        case KEY_REJECTED -> request = withNewKey(request, verdict);
        case MISCONFIGURED -> stop = failure(Reason.REJECTED, verdict.described());
        case UNAVAILABLE -> {
          if (!retries.backOff(++failures, verdict.retryAfter(), deadline)) {
            // Not tried for the other requests: the time belongs to other destinations too.
            stop = failure(Reason.UNAVAILABLE, verdict.seen());
          }
        }
      }
    }
  }

  private void accepted(SpanRequest request, long rejectedSpans) {
    if (rejectedSpans > 0) {
      counters.add(Counter.REJECTED_SPANS, rejectedSpans);
      counters.notice(name() + ": accepted, but said that it rejected spans");
    }
    for (DestinationRecord record : request.records()) {
      record.done();
      counters.increment(Counter.EXPORTED);
      counters.add(Counter.SPANS, record.tree().spans().size());
      counters.add(Counter.REDACTED, record.tree().redacted());
      long endMillis = record.record().telemetry().endEpochNanos() / 1_000_000;
      long age = Math.max(0, clock.millis() - endMillis);
      counters.max(Counter.OLDEST_RECORD_MILLIS, age);
      boolean isOld = age > settings.oldRecord().toMillis();
      if (isOld) {
        counters.increment(Counter.OLD_RECORDS);
        counters.notice(
            name()
                + ": records older than "
                + settings.oldRecord().toDays()
                + " days: Sentry drops spans that are older than the project's retention");
      }
      ErrorEvent event = record.tree().errorEvent();
      // Sentry keeps an event whose span it drops: an issue would lead nowhere.
      if (destination.issues() && event != null && !isOld) {
        events.add(event);
      }
    }
  }

  /** The halves of a request that is too large are sent next, so that the order stays. */
  private void split(SpanRequest request) {
    if (request.isSplittable()) {
      queue.addFirst(request.secondHalf());
      queue.addFirst(request.firstHalf());
      return;
    }
    DestinationRecord record = request.records().getFirst();
    if (record.truncated()) {
      record.fail(failure(Reason.TOO_LARGE, "too large even with its content truncated harder"));
      return;
    }
    queue.addFirst(new SpanRequest(List.of(record.truncatedHarder())));
    counters.increment(Counter.CUT_HARDER);
  }

  /**
   * The key was rejected. If the secret holds another one by now, the request is made again by the
   * rules that came with it. Otherwise the destination gets nothing more in this invocation.
   */
  private SpanRequest withNewKey(SpanRequest request, ResponseVerdict verdict) {
    counters.increment(Counter.AUTH_REJECTED);
    if (newKeys < MAX_NEW_KEYS
        && destinations.readAgain(destination)
            instanceof Lookup.Found<Destination>(Destination current, _)
        && !exporter.leadsTo(current)) {
      newKeys++;
      destination = current;
      exporter = exporters.apply(current);
      List<SpanRequest> waiting = queue.stream().map(this::selectAgain).toList();
      queue.clear();
      queue.addAll(waiting);
      return selectAgain(request);
    }
    stop = failure(Reason.AUTH_REJECTED, verdict.described());
    return request;
  }

  private SpanRequest selectAgain(SpanRequest request) {
    return new SpanRequest(filter().selectAgain(request.records()));
  }

  private RecordFilter filter() {
    return new RecordFilter(settings.forced(), destination, counters);
  }

  private Failure failure(Reason reason, String detail) {
    return new Failure(reason, name() + ": " + detail);
  }

  private static void fail(SpanRequest request, Failure failure) {
    request.records().forEach(record -> record.fail(failure));
  }
}
