package dev.sentrybroadcast.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.sentrybroadcast.delivery.BatchReport;
import dev.sentrybroadcast.delivery.Broadcast;
import dev.sentrybroadcast.delivery.Deadline;
import dev.sentrybroadcast.delivery.ReturnedMessage;
import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.Destinations;
import dev.sentrybroadcast.destination.Destinations.Lookup;
import dev.sentrybroadcast.sentry.Json;
import dev.sentrybroadcast.sentry.SentryHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.crac.Core;
import org.crac.Resource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The handler of the queue: takes a batch of messages and answers with those not delivered.
 *
 * <p>It is its own SnapStart hook: CRaC holds hooks weakly, the runtime holds the handler strongly.
 * <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Runtime
 * hooks</a>
 */
public final class BroadcastFunction implements RequestStreamHandler, Resource, AutoCloseable {

  /** Lambda fails a restore after 10 s. */
  private static final Duration RESTORE_LIMIT = Duration.ofSeconds(5);

  private final Map<String, String> environment;
  private final Settings settings;
  private final InstantSource clock;
  private final Destinations destinations;
  private final Broadcast broadcast;
  private final SentryHttpClient sentry;
  private final AtomicBoolean coldStart = new AtomicBoolean(true);

  /** Used by Lambda: takes the environment variables of the process. */
  public BroadcastFunction() {
    this(Settings.environment(), AwsClients::secretsManager, AwsClients::sqs, AwsClients::s3);
    Core.getGlobalContext().register(this);
  }

  /** For runs outside of Lambda: takes these variables and clients; S3's as on Lambda. */
  public BroadcastFunction(
      Map<String, String> environment,
      Supplier<SecretsManagerClient> secrets,
      Supplier<SqsClient> queues) {
    this(environment, secrets, queues, AwsClients::s3);
  }

  /** For runs outside of Lambda: takes these variables and clients. */
  public BroadcastFunction(
      Map<String, String> environment,
      Supplier<SecretsManagerClient> secrets,
      Supplier<SqsClient> queues,
      Supplier<S3Client> objects) {
    this.environment = environment;
    settings = Settings.from(environment);
    Wiring wiring = new Wiring(settings, secrets.get());
    clock = wiring.clock();
    destinations = wiring.destinations();
    sentry = wiring.sentry();
    broadcast =
        wiring.broadcast(
            destinations,
            new SqsVisibility(queues),
            new S3Objects(objects),
            new SqsContinuations(queues));
  }

  @Override
  public void handleRequest(InputStream event, OutputStream response, Context context)
      throws IOException {
    handle(
        event,
        response,
        InvocationLog.of(context, settings, clock),
        context::getRemainingTimeInMillis);
  }

  void handle(
      InputStream event, OutputStream response, InvocationLog log, IntSupplier remainingMillis)
      throws IOException {
    SqsEventReader.Batch batch = SqsEventReader.read(event);
    Invocation invocation = new Invocation(log, remainingMillis, batch.queueArn());
    respond(
        ScopedValue.where(Invocation.CURRENT, invocation).call(() -> deliver(batch, log)),
        response);
    Invocation.releaseMemory();
  }

  private List<ReturnedMessage> deliver(SqsEventReader.Batch batch, InvocationLog log) {
    long startedNanos = System.nanoTime();
    Deadline deadline = Deadline.in(Invocation.timeLeft(), System::nanoTime);
    BatchReport report;
    try {
      report = broadcast.deliver(batch.messages(), batch.fifo(), deadline);
    } catch (RuntimeException e) {
      // Not rethrown: the runtime would log its message, which may quote content.
      log.failed("batch returned as a whole: a bug", e);
      report = BatchReport.ofBug(batch.messages(), e);
    }
    report.notices().forEach(log::warn);
    report.returned().forEach(log::returned);
    long millis = Duration.ofNanos(System.nanoTime() - startedNanos).toMillis();
    log.done(report, millis, coldStart.getAndSet(false));
    return report.returned();
  }

  /**
   * Writes a partial batch response. The list is never absent: Lambda would take that for success
   * and delete every message. <a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Error
   * handling</a>
   */
  private static void respond(List<ReturnedMessage> returned, OutputStream response)
      throws IOException {
    List<Map<String, String>> failures =
        returned.stream().map(each -> Map.of("itemIdentifier", each.messageId())).toList();
    String text = Json.of(Map.of("batchItemFailures", failures));
    response.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Never throws: a version whose hook fails cannot be published. */
  @Override
  public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    try {
      Priming.run(environment, Priming.ROUNDS);
    } catch (IOException | RuntimeException | LinkageError e) {
      InvocationLog.ofHooks(settings, clock).failed("not primed", e);
    }
    sentry.evictConnections();
  }

  /** Reads routes and default destinations, because a snapshot may be old, and connects to them. */
  @Override
  public void afterRestore(org.crac.Context<? extends Resource> context) {
    destinations.expire();
    InvocationLog log = InvocationLog.ofHooks(settings, clock);
    long end = System.nanoTime() + RESTORE_LIMIT.toNanos();
    Invocation restore =
        new Invocation(log, () -> (int) ((end - System.nanoTime()) / 1_000_000), null);
    ScopedValue.where(Invocation.CURRENT, restore).run(() -> prepare(log));
  }

  private void prepare(InvocationLog log) {
    try {
      destinations.routes();
      for (String name : settings.defaultDestinations()) {
        if (destinations.find(name)
                instanceof Lookup.Found<Destination>(Destination destination, boolean stale)
            && !stale) {
          if (destination.rules().enabled()) {
            sentry.connect(destination.endpoint(), Invocation.timeLeft());
          }
        } else {
          // The first invocation reads it again and reports a failure.
          destinations.expire();
        }
      }
    } catch (RuntimeException | LinkageError e) {
      log.failed("destinations not prepared", e);
    }
  }

  /** Closes the connections to Sentry. */
  @Override
  public void close() {
    sentry.close();
  }
}
