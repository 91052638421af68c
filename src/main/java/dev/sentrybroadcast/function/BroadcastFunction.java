package dev.sentrybroadcast.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.sentrybroadcast.delivery.BatchReport;
import dev.sentrybroadcast.delivery.Broadcast;
import dev.sentrybroadcast.delivery.Deadline;
import dev.sentrybroadcast.delivery.Pause;
import dev.sentrybroadcast.delivery.ReturnedMessage;
import dev.sentrybroadcast.destination.Destinations;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.crac.Core;
import org.crac.Resource;

/**
 * The queue's doorway: a batch of messages in, the messages that were not delivered out.
 *
 * <p>It is its own hook for SnapStart, because the runtime holds hooks weakly and this one
 * strongly. <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Runtime
 * hooks</a>
 */
public final class BroadcastFunction
    implements RequestHandler<SQSEvent, SQSBatchResponse>, Resource {

  private final Settings settings;
  private final InstantSource clock;
  private final Destinations destinations;
  private final Broadcast broadcast;
  private final AtomicBoolean coldStart = new AtomicBoolean(true);

  /** As Lambda makes it: with this process's environment variables. */
  public BroadcastFunction() {
    this(Settings.environment());
  }

  /** With these variables in place of the process's. */
  public BroadcastFunction(Map<String, String> environment) {
    settings = Settings.from(environment);
    Wiring wiring = new Wiring(settings);
    clock = wiring.clock();
    destinations = wiring.destinations();
    broadcast = wiring.broadcast(destinations, wiring.visibility(), Pause.SLEEP);
    Core.getGlobalContext().register(this);
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    InvocationLog log =
        new InvocationLog(context, settings.logLevel(), settings.serviceName(), clock);
    QueueBatch batch = QueueBatch.of(event);
    Invocation invocation = new Invocation(context, log, batch.queueArn());
    return ScopedValue.where(Invocation.CURRENT, invocation).call(() -> answer(batch, invocation));
  }

  private SQSBatchResponse answer(QueueBatch batch, Invocation invocation) {
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
    return response(report.returned());
  }

  /** Never with a null list: Lambda would take that for success and delete every message. */
  private static SQSBatchResponse response(List<ReturnedMessage> returned) {
    List<BatchItemFailure> failures = new ArrayList<>(returned.size());
    for (ReturnedMessage message : returned) {
      failures.add(new BatchItemFailure(message.messageId()));
    }
    return new SQSBatchResponse(failures);
  }

  /** Runs the whole path once, so that its classes and compiled code are in the snapshot. */
  @Override
  public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    Priming.attempt(() -> new Priming(settings).run(), Priming.log(settings, clock));
  }

  /** A snapshot may be weeks old: what it knows of destinations is read again before it serves. */
  @Override
  public void afterRestore(org.crac.Context<? extends Resource> context) {
    destinations.expire();
  }
}
