package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.Destinations;
import dev.sentrybroadcast.destination.Destinations.Lookup;
import dev.sentrybroadcast.sentry.ErrorEvent;
import dev.sentrybroadcast.sentry.RateLimits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One invocation's sending to one destination: the rows of the failure table. */
final class DestinationRun {

  /** Refusals with 400 in a row, after which it is not the records. */
  private static final int MAX_REFUSALS = 3;

  /** Keys that may follow each other in one invocation. */
  private static final int MAX_RENEWALS = 3;

  private final Admittance admittance;
  private final Destinations destinations;
  private final DestinationExporters exporters;
  private final Retries retries;
  private final Tally tally;
  private final int maxRequestBytes;

  private final Deque<SpanRequest> queue = new ArrayDeque<>();
  private final List<ErrorEvent> events = new ArrayList<>();
  private Destination destination;
  private DestinationExporter exporter;
  private @Nullable Stop stop;
  private int refusals;
  private int renewals;

  DestinationRun(
      Destination destination,
      Admittance admittance,
      Destinations destinations,
      DestinationExporters exporters,
      Retries retries,
      Tally tally,
      int maxRequestBytes) {
    this.destination = destination;
    this.admittance = admittance;
    this.destinations = destinations;
    this.exporters = exporters;
    this.retries = retries;
    this.tally = tally;
    this.maxRequestBytes = maxRequestBytes;
    exporter = exporters.of(destination);
  }

  /** Why nothing more is sent to the destination in this invocation. */
  private record Stop(Reason reason, String detail) {}

  /** Sends the records; each message of one that does not arrive is told so. */
  void send(List<BatchRecord> records, Deadline deadline) {
    queue.addAll(SpanRequest.pack(admittance.admit(records, destination, tally), maxRequestBytes));
    while (!queue.isEmpty()) {
      SpanRequest request = queue.removeFirst();
      try {
        sendUnblocked(request, deadline);
      } catch (RuntimeException e) {
        failAll(request, Reason.BUG, Bug.describe(e));
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

  private void sendUnblocked(SpanRequest request, Deadline deadline) {
    List<Parcel> unblocked = new ArrayList<>(request.parcels());
    unblocked.removeIf(Parcel::isBlocked);
    if (!unblocked.isEmpty()) {
      send(new SpanRequest(unblocked), deadline);
    }
  }

  private void send(SpanRequest request, Deadline deadline) {
    int failures = 0;
    int waits = 0;
    while (true) {
      if (stop != null) {
        failAll(request, stop.reason(), stop.detail());
        return;
      }
      Duration limited = exporter.limited(RateLimits.Category.SPAN);
      if (limited.isPositive()) {
        tally.rateLimited(limited);
        if (waits++ < Retries.MAX_ATTEMPTS && retries.await(limited, deadline)) {
          continue;
        }
        failRateLimited(request, limited);
        return;
      }
      Duration timeout = Retries.sendTimeout(deadline);
      if (timeout == null) {
        failAll(request, Reason.OUT_OF_TIME, name() + ": not sent, the time was over");
        return;
      }
      switch (exporter.export(request, timeout, tally)) {
        case ExportResult.Accepted(long rejectedSpans) -> {
          accepted(request, rejectedSpans);
          return;
        }
        case ExportResult.TooLarge() -> {
          tooLarge(request);
          return;
        }
        case ExportResult.Throttled() -> {
          // A limit of zero seconds, or of other categories alone, says no time to come back.
          if (!exporter.limited(RateLimits.Category.SPAN).isPositive()
              && !retries.backOff(++failures, null, deadline)) {
            stop = new Stop(Reason.RATE_LIMITED, name() + ": HTTP 429 with no wait");
          }
        }
        case ExportResult.Unauthorized(int status, String hint) -> {
          tally.authRejected++;
          SpanRequest renewed = readAgain(request, status, hint);
          if (renewed.parcels().isEmpty()) {
            return;
          }
          request = renewed;
        }
        case ExportResult.Rejected(int status) -> {
          rejected(request, status);
          return;
        }
        case ExportResult.Unavailable(String what, Duration retryAfter) -> {
          if (!retries.backOff(++failures, retryAfter, deadline)) {
            // Not tried for each further request: the time belongs to other destinations too.
            stop = new Stop(Reason.UNAVAILABLE, name() + ": " + what);
          }
        }
      }
    }
  }

  private void accepted(SpanRequest request, long rejectedSpans) {
    refusals = 0;
    if (rejectedSpans > 0) {
      tally.rejectedSpans += rejectedSpans;
      tally.notice(name() + ": accepted, but said that it rejected spans");
    }
    for (Parcel parcel : request.parcels()) {
      parcel.arrived();
      tally.exported(parcel.record().telemetry().endEpochNanos());
      tally.spans += parcel.tree().spans().size();
      ErrorEvent event = parcel.tree().errorEvent();
      if (destination.issues() && event != null) {
        events.add(event);
      }
    }
  }

  /** Halves go first, so that the order of the batch stays. */
  private void tooLarge(SpanRequest request) {
    if (request.isSplittable()) {
      queue.addFirst(request.secondHalf());
      queue.addFirst(request.firstHalf());
      return;
    }
    Parcel parcel = request.parcels().getFirst();
    if (parcel.isCutHarder()) {
      parcel.fail(Reason.TOO_LARGE, name() + ": too large even with its content cut harder");
      return;
    }
    parcel.cutHarder();
    tally.cutHarder++;
    queue.addFirst(request);
  }

  /**
   * A redirect or a 4xx is a fault of the destination's configuration, and ends the sending to it.
   * A 400 alone may be one record's doing (Relay before 26.1 said it of large ones): its halves go
   * to the end of the queue, so that three refusals in a row, none in one part of the batch alone,
   * tell the one from the other.
   */
  private void rejected(SpanRequest request, int status) {
    String detail = name() + ": HTTP " + status + ": " + Advice.onRefusal(status);
    refusals++;
    if (status != 400 || refusals >= MAX_REFUSALS) {
      stop = new Stop(Reason.REJECTED, detail);
      failAll(request, Reason.REJECTED, detail);
    } else if (request.isSplittable()) {
      queue.addLast(request.firstHalf());
      queue.addLast(request.secondHalf());
    } else {
      failAll(request, Reason.REJECTED, detail);
    }
  }

  /**
   * The key was refused. If the secret holds another by now, the request is made again by the rules
   * that are current with it; else the destination gets nothing more in this invocation.
   */
  private SpanRequest readAgain(SpanRequest request, int status, @Nullable String hint) {
    if (renewals < MAX_RENEWALS
        && destinations.readAgain(destination) instanceof Lookup.Found(Destination current, _)
        && !exporter.leadsTo(current)) {
      renewals++;
      destination = current;
      exporter = exporters.of(current);
      for (int waiting = queue.size(); waiting > 0; waiting--) {
        queue.addLast(readmitted(queue.removeFirst()));
      }
      return readmitted(request);
    }
    stop = new Stop(Reason.AUTH_REJECTED, name() + ": " + Advice.onRefusedKey(status, hint));
    return request;
  }

  private SpanRequest readmitted(SpanRequest request) {
    return new SpanRequest(admittance.readmit(request.parcels(), destination, tally));
  }

  private void failRateLimited(SpanRequest request, Duration wait) {
    String detail = name() + ": rate limited for " + Tally.seconds(wait) + " s";
    for (Parcel parcel : request.parcels()) {
      parcel.fail(Reason.RATE_LIMITED, detail, wait);
    }
  }

  private static void failAll(SpanRequest request, Reason reason, String detail) {
    for (Parcel parcel : request.parcels()) {
      parcel.fail(reason, detail);
    }
  }
}
