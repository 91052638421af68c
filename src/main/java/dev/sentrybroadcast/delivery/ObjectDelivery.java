package dev.sentrybroadcast.delivery;

import static java.util.stream.Collectors.toSet;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.delivery.RouteTable.StoredRecords;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.objects.ObjectPart;
import dev.sentrybroadcast.intake.objects.ObjectRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Delivers records in objects, as many at a time as memory allows. Small objects share a request.
 *
 * <p>An object that takes longer than the invocation, or whose delivery fails on the way, is split:
 * a message for the lines that are left, and one for the lines so far if one of them is at fault,
 * take the place of the message that it came with. That is done once the queue has accepted them.
 * Where nothing of the object was delivered, its message is returned.
 */
final class ObjectDelivery {

  /** As many as a request to Sentry holds, about. */
  private static final int RECORDS = 1_000;

  private static final long BYTES = 4 << 20;

  /** Kept back for sending what was read. */
  private static final Duration RESERVE = Duration.ofSeconds(5);

  private final Function<ObjectPart, ObjectRecords> objects;
  private final SourceQueue queue;
  private final boolean fifo;
  private final RouteTable table;
  private final Consumer<List<Route>> sender;
  private final DeliveryCounters counters;
  private final Deadline deadline;
  private final List<Slice> unsent = new ArrayList<>();
  private int records;
  private long bytes;
  private Duration slowest = Duration.ZERO;

  /**
   * Delivers the objects of one batch.
   *
   * @param sender sends the records of these routes
   */
  ObjectDelivery(
      Function<ObjectPart, ObjectRecords> objects,
      SourceQueue queue,
      boolean fifo,
      RouteTable table,
      Consumer<List<Route>> sender,
      DeliveryCounters counters,
      Deadline deadline) {
    this.objects = objects;
    this.queue = queue;
    this.fifo = fifo;
    this.table = table;
    this.sender = sender;
    this.counters = counters;
    this.deadline = deadline;
  }

  /** Some records of an object, or one record with bodies in objects, that are to be sent. */
  private record Slice(Progress progress, BatchMessage part, @Nullable ObjectPart rest) {}

  /** What became so far of one object, or of one record with bodies in objects. */
  private static final class Progress {
    final BatchMessage message;
    final @Nullable ObjectPart start;
    @Nullable ObjectPart rest;
    @Nullable Failure ofRecord;
    @Nullable Failure stop;

    Progress(BatchMessage message, @Nullable ObjectPart start) {
      this.message = message;
      this.start = start;
      rest = start;
    }

    boolean isAdvanced() {
      return !Objects.equals(rest, start);
    }
  }

  void deliver(List<StoredRecords> stored) {
    List<Progress> all = new ArrayList<>();
    for (StoredRecords each : stored) {
      if (each.message().isBlocked()) {
        continue;
      }
      Progress progress =
          new Progress(
              each.message(),
              each.what() instanceof Decoded.InObject(ObjectPart part) ? part : null);
      all.add(progress);
      try {
        read(progress, each.what());
      } catch (RuntimeException | StackOverflowError e) {
        progress.stop = Failure.of(e);
      }
    }
    flush();
    // A message of many objects gets through, however few of them an invocation has time for.
    Set<BatchMessage> moved =
        all.stream()
            .filter(each -> each.stop == null || each.isAdvanced())
            .map(each -> each.message)
            .collect(toSet());
    all.forEach(each -> settle(each, moved.contains(each.message)));
  }

  private void read(Progress progress, Decoded.Stored what) {
    switch (what) {
      case Decoded.WithBodies(Decoded.BodiesReader reader) -> {
        if (!isTimeOver(progress)) {
          Decoded.Complete complete = reader.read();
          add(progress, complete.records(), complete.bytes(), null);
        }
      }
      case Decoded.InObject(ObjectPart part) -> {
        if (!isTimeOver(progress)) {
          counters.increment(Counter.OBJECTS);
          try (ObjectRecords object = objects.apply(part)) {
            read(progress, object);
          }
        }
      }
      case Decoded.SourceUnavailable(String cause) ->
          progress.stop = new Failure(Reason.SOURCE_UNAVAILABLE, cause);
    }
  }

  private void read(Progress progress, ObjectRecords object) {
    ObjectPart rest = progress.start;
    while (rest != null && progress.stop == null && !isTimeOver(progress)) {
      ObjectRecords.Slice slice = object.next(RECORDS - records, BYTES - bytes);
      rest = slice.rest();
      if (slice.failure() != null) {
        flush();
        progress.stop = new Failure(Reason.SOURCE_UNAVAILABLE, slice.failure());
      }
      add(progress, slice.records(), slice.bytes(), rest);
    }
  }

  private boolean isTimeOver(Progress progress) {
    Duration twice = slowest.multipliedBy(2);
    boolean over =
        deadline.remaining().compareTo(twice.compareTo(RESERVE) > 0 ? twice : RESERVE) <= 0;
    if (over) {
      flush();
      if (progress.stop == null) {
        progress.stop =
            new Failure(Reason.OUT_OF_TIME, "an object was not read, the time was over");
      }
    }
    return over;
  }

  private void add(Progress progress, List<Decoded> decoded, long size, @Nullable ObjectPart rest) {
    BatchMessage part = new BatchMessage(progress.message.message(), null);
    part.expect();
    part.done();
    table.add(part, decoded);
    unsent.add(new Slice(progress, part, rest));
    records += decoded.size();
    bytes += size;
    if (records >= RECORDS || bytes >= BYTES) {
      flush();
    }
  }

  /** Sends what was read, and notes how far each object has come. */
  private void flush() {
    Duration before = deadline.remaining();
    sender.accept(table.takeRoutes());
    for (Slice slice : unsent) {
      Progress progress = slice.progress();
      if (progress.stop != null) {
        continue; // What comes after a failure is read again.
      }
      progress.stop = slice.part().lastingFailure();
      if (progress.stop == null) {
        Failure failure = slice.part().failure();
        if (failure != null) {
          counters.notice(progress.message.message().messageId() + ": " + failure.detail());
          progress.ofRecord = progress.ofRecord == null ? failure : progress.ofRecord;
        }
        progress.rest = slice.rest();
      }
    }
    unsent.clear();
    records = 0;
    bytes = 0;
    Duration took = before.minus(deadline.remaining());
    slowest = took.compareTo(slowest) > 0 ? took : slowest;
  }

  private void settle(Progress progress, boolean isMoved) {
    Failure failure = progress.stop == null ? progress.ofRecord : progress.stop;
    if (failure == null || (progress.stop != null && isSplit(progress, progress.stop, isMoved))) {
      progress.message.done();
    } else {
      progress.message.fail(failure);
    }
  }

  /** Whether messages for its parts are on the queue. */
  private boolean isSplit(Progress progress, Failure stop, boolean isMoved) {
    ObjectPart start = progress.start;
    ObjectPart rest = progress.rest;
    return start != null
        && rest != null
        && (progress.isAdvanced() || (isMoved && stop.reason() == Reason.OUT_OF_TIME))
        && !fifo // They would come after what is sent later.
        && isSent(rest, stop.delay())
        && (progress.ofRecord == null || isSent(start.before(rest), Duration.ZERO));
  }

  private boolean isSent(ObjectPart part, Duration delay) {
    boolean sent = queue.send(part.message(), delay);
    if (sent) {
      counters.increment(Counter.CONTINUED);
    }
    return sent;
  }
}
