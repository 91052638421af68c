package dev.sentrybroadcast.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sentrybroadcast.delivery.BatchReport;
import dev.sentrybroadcast.delivery.Broadcast;
import dev.sentrybroadcast.delivery.Deadline;
import dev.sentrybroadcast.delivery.ReturnedMessage;
import dev.sentrybroadcast.destination.Destinations;
import dev.sentrybroadcast.destination.Destinations.Lookup;
import dev.sentrybroadcast.sentry.Pause;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The queue's doorway: a batch of messages in, the messages that were not delivered out.
 *
 * <p>It is its own hook for SnapStart, because the runtime holds hooks weakly and this one
 * strongly. <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Runtime
 * hooks</a>
 */
public final class BroadcastFunction implements RequestStreamHandler, Resource {

  private static final JsonFactory JSON = new JsonFactory();

  /** A restore that takes 10 s has failed. */
  private static final Duration RESTORE_LIMIT = Duration.ofSeconds(3);

  private final Settings settings;
  private final Duration priming;
  private final InstantSource clock;
  private final Destinations destinations;
  private final Broadcast broadcast;
  private final AtomicBoolean coldStart = new AtomicBoolean(true);
  private @Nullable Priming primed;

  /** As Lambda makes it: with this process's environment variables. */
  public BroadcastFunction() {
    this(Settings.environment());
  }

  /** With these variables in place of the process's. */
  public BroadcastFunction(Map<String, String> environment) {
    this(environment, Priming.TIME);
  }

  /** One that primes for about so much of a processor's time; with none at all, once. */
  BroadcastFunction(Map<String, String> environment, Duration priming) {
    this(Settings.from(environment), priming);
    Core.getGlobalContext().register(this);
  }

  /** One that no snapshot knows of. */
  BroadcastFunction(Settings settings) {
    this(settings, Duration.ZERO);
  }

  private BroadcastFunction(Settings settings, Duration priming) {
    this.settings = settings;
    this.priming = priming;
    Wiring wiring = new Wiring(settings);
    clock = wiring.clock();
    destinations = wiring.destinations();
    broadcast = wiring.broadcast(destinations, wiring.visibility(), Pause.SLEEP);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream response, Context context)
      throws IOException {
    InvocationLog log =
        new InvocationLog(context, settings.logLevel(), settings.serviceName(), clock);
    QueueBatch batch = SqsEventReader.read(event);
    Invocation invocation = new Invocation(context, log, batch.queueArn());
    List<ReturnedMessage> returned =
        ScopedValue.where(Invocation.CURRENT, invocation).call(() -> deliver(batch, invocation));
    respond(returned, response);
  }

  private List<ReturnedMessage> deliver(QueueBatch batch, Invocation invocation) {
    long startedNanos = System.nanoTime();
    InvocationLog log = invocation.log();
    Deadline deadline =
        Deadline.in(Duration.ofMillis(invocation.remainingMillis()), System::nanoTime);
    BatchReport report;
    try {
      report = broadcast.deliver(batch.messages(), batch.fifo(), deadline);
    } catch (RuntimeException e) {
      // Not thrown on: the runtime would log its message, which may quote content.
      log.failed("batch returned as a whole: a bug", e);
      report = BatchReport.ofBug(batch.messages(), e);
    }
    report.notices().forEach(log::warn);
    report.returned().forEach(log::returned);
    log.done(
        report,
        Duration.ofNanos(System.nanoTime() - startedNanos).toMillis(),
        coldStart.getAndSet(false));
    return report.returned();
  }

  /**
   * A partial batch response, its list never missing: Lambda would take that for success and delete
   * every message. <a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Error
   * handling</a>
   */
  private static void respond(List<ReturnedMessage> returned, OutputStream response)
      throws IOException {
    try (JsonGenerator json = JSON.createGenerator(response)) {
      json.writeStartObject();
      json.writeArrayFieldStart("batchItemFailures");
      for (ReturnedMessage message : returned) {
        json.writeStartObject();
        json.writeStringField("itemIdentifier", message.messageId());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  /** Runs the whole path until it is compiled: its classes and its code are in the snapshot. */
  @Override
  public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    Priming ofThis = new Priming(settings, clock);
    Priming.attempt(() -> ofThis.run(priming), Priming.NOT_PRIMED, Priming.log(settings, clock));
    primed = ofThis;
    broadcast.evictConnections();
  }

  /**
   * A snapshot may be weeks old: what it knows of destinations is read again before it serves, and
   * Sentry is connected to. Here already, because an invocation is waited for; but no longer than a
   * restore may well take. While the network is waited for, the path is run once more.
   */
  @Override
  public void afterRestore(org.crac.Context<? extends Resource> context) {
    destinations.expire();
    restore(primed);
  }

  /**
   * Gets ready where most records go, and meanwhile runs the path on the thread that invocations
   * come on: what is compiled for threads that have been here before is thrown away by a new one.
   */
  void restore(@Nullable Priming again) {
    InvocationLog log = Priming.log(settings, clock);
    Thread reading =
        Thread.ofPlatform()
            .daemon()
            .name("restore")
            .start(() -> Priming.attempt(this::prepareDestinations, "destinations not read", log));
    if (again != null) {
      Priming.attempt(() -> again.again(reading), Priming.NOT_PRIMED, log);
    }
    try {
      reading.join(RESTORE_LIMIT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is not read is read again, and reported, when it is due. */
  private void prepareDestinations() {
    for (String name : settings.defaultDestinations()) {
      if (!(destinations.find(name) instanceof Lookup.Found found) || found.stale()) {
        destinations.expire(name);
      }
    }
  }
}
