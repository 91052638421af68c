package dev.sentrybroadcast;

import dev.sentrybroadcast.function.BroadcastFunction;
import dev.sentrybroadcast.local.EventSourceSettings;
import dev.sentrybroadcast.local.LambdaEventSource;
import dev.sentrybroadcast.local.LocalQueues;
import dev.sentrybroadcast.local.LocalSecrets;
import dev.sentrybroadcast.local.QueuePair;
import dev.sentrybroadcast.local.SentryStandIn;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The product between a real queue, a secret store and a Sentry, for tests of the whole. */
final class Stack implements AutoCloseable {

  static final String KEY = "0123456789abcdef0123456789abcdef";
  static final String PROJECT = "456";
  static final Duration LIMIT = Duration.ofSeconds(60);

  private static final String PREFIX = "stack/";
  private static final AtomicInteger STACKS = new AtomicInteger();

  /** Seconds to start, so that one serves the whole JVM; queues are each test's own. */
  private static final class Queues {
    static final LocalQueues SERVER = LocalQueues.start();
  }

  final SentryStandIn sentry = SentryStandIn.start();
  final LocalSecrets secrets = LocalSecrets.start();
  final QueuePair queue;
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final Map<String, String> settings;

  /**
   * With a destination {@code default} that privacy mode is off for.
   *
   * @param maxReceives after which a message is a dead letter
   */
  Stack(int maxReceives, Duration visibilityTimeout, Map<String, String> settings) {
    this(Queues.SERVER.create(name(), maxReceives, visibilityTimeout), settings);
  }

  private Stack(QueuePair queue, Map<String, String> settings) {
    this.queue = queue;
    this.settings = settings;
    sentry.allow(KEY, PROJECT);
    put("default", sentry.destinationJson(KEY, PROJECT, false));
  }

  /** The same with a FIFO queue. */
  static Stack fifo(int maxReceives, Duration visibilityTimeout) {
    return new Stack(Queues.SERVER.createFifo(name(), maxReceives, visibilityTimeout), Map.of());
  }

  private static String name() {
    return "queue-" + STACKS.incrementAndGet();
  }

  void put(String destination, String json) {
    secrets.put(PREFIX + destination, json);
  }

  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("DESTINATION_SECRET_PREFIX", PREFIX);
    environment.put("ALLOWED_ENDPOINT_HOSTS", sentry.origin());
    environment.put("AWS_REGION", LocalQueues.REGION);
    environment.put("AWS_ACCESS_KEY_ID", "local");
    environment.put("AWS_SECRET_ACCESS_KEY", "local");
    environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.endpoint().toString());
    environment.put("AWS_ENDPOINT_URL_SQS", Queues.SERVER.endpoint().toString());
    environment.putAll(settings);
    return environment;
  }

  LambdaEventSource poll() {
    return poll(EventSourceSettings.DEFAULTS);
  }

  LambdaEventSource poll(EventSourceSettings source) {
    return LambdaEventSource.start(
        Queues.SERVER,
        queue,
        () -> new BroadcastFunction(environment(), secrets::client, Queues.SERVER::client),
        source.withLog(log::add),
        _ -> {});
  }

  /** The ids of all dead letters; they stay out of sight for a while after. */
  Set<String> deadLetterIds() {
    Set<String> ids = new TreeSet<>();
    int count = queue.deadLetters();
    while (ids.size() < count) {
      Queues.SERVER
          .client()
          .receiveMessage(
              r -> r.queueUrl(queue.deadLetterUrl()).maxNumberOfMessages(10).visibilityTimeout(600))
          .messages()
          .forEach(message -> ids.add(message.messageId()));
    }
    return ids;
  }

  /** What the function logged. */
  String log() {
    return String.join("", log);
  }

  @Override
  public void close() {
    sentry.close();
    secrets.close();
  }
}
