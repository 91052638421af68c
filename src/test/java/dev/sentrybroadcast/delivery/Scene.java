package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.Reading;
import dev.sentrybroadcast.destination.RecordRules;
import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.genai.GenerationSpans;
import dev.sentrybroadcast.genai.SpanTree;
import dev.sentrybroadcast.generation.ContentRules;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Redaction;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.ObjectSource;
import dev.sentrybroadcast.intake.QueuedMessage;
import dev.sentrybroadcast.intake.RecordDecoder;
import dev.sentrybroadcast.intake.SourceObject;
import dev.sentrybroadcast.intake.objects.AllowedObjects;
import dev.sentrybroadcast.intake.objects.AllowedSource;
import dev.sentrybroadcast.local.ReceivedSpan;
import dev.sentrybroadcast.local.SentryStandIn;
import dev.sentrybroadcast.sentry.AllowedHosts;
import dev.sentrybroadcast.sentry.Dsn;
import dev.sentrybroadcast.sentry.NameResolver;
import dev.sentrybroadcast.sentry.SentryHttpClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A broadcast with everything around it: Sentry on loopback, and fakes for the rest. */
final class Scene implements AutoCloseable {

  static final String KEY = "0123456789abcdef0123456789abcdef";
  static final String NEW_KEY = "fedcba9876543210fedcba9876543210";
  static final String PROJECT = "4507";

  final SentryStandIn sentry = SentryStandIn.start();
  final FakeTime time = new FakeTime();
  final FakeDestinations destinations = new FakeDestinations();
  final Map<String, Duration> hidden = new LinkedHashMap<>();
  private final Map<String, List<Decoded>> decoded = new ConcurrentHashMap<>();
  private final Set<String> unmappable = ConcurrentHashMap.newKeySet();
  private final SentryHttpClient http = new SentryHttpClient(NameResolver.SYSTEM, null, null);
  private @Nullable Broadcast broadcast;
  final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  final Map<String, Duration> continued = new LinkedHashMap<>();
  private final RecordDecoder decoder =
      new RecordDecoder()
          .reading(new AllowedSource(AllowedObjects.parse("bucket"), this::open), false);
  int opened;
  boolean hidingFails;
  boolean continuationsFail;
  UnaryOperator<SpanTree> changeTree = UnaryOperator.identity();
  int maxRequestBytes = 4 << 20;
  PrivacyMode forced = PrivacyMode.OFF;

  Scene() {
    sentry.allow(KEY, PROJECT);
    destinations.put(destination("default"));
  }

  Destination destination(String name) {
    return destination(name, KEY, PrivacyMode.OFF);
  }

  Destination destination(String name, String key, PrivacyMode mode) {
    return new Destination(
        name,
        sentry.tracesEndpoint(PROJECT),
        Dsn.parse(sentry.dsn(key, PROJECT)),
        mode,
        false,
        Redaction.NONE,
        RecordRules.ALL);
  }

  Destination withIssues(String name) {
    return new Destination(
        name,
        sentry.tracesEndpoint(PROJECT),
        Dsn.parse(sentry.dsn(KEY, PROJECT)),
        PrivacyMode.OFF,
        true,
        Redaction.NONE,
        RecordRules.ALL);
  }

  /**
   * A destination with these fields, as its secret would have them.
   *
   * @param more as {@code "sampling_rate": 0}
   */
  Destination withRules(String name, String more) {
    return withRules(name, more, KEY);
  }

  Destination withRules(String name, String more, String key) {
    String json = sentry.destinationJson(key, PROJECT, false);
    String text = json.substring(0, json.lastIndexOf('}')) + "," + more + "}";
    return Reading.valid(name, text, AllowedHosts.parse(sentry.origin()));
  }

  /** A message that holds these records. */
  QueuedMessage message(String messageId, Generation... generations) {
    List<Decoded> records = new ArrayList<>();
    for (Generation generation : generations) {
      records.add(new Decoded.Valid(generation));
    }
    return message(messageId, null, records);
  }

  QueuedMessage message(String messageId, @Nullable String group, List<Decoded> records) {
    decoded.put(messageId, records);
    return new QueuedMessage(messageId, "", 0, "receipt-" + messageId, group);
  }

  /** A message that stands for the records in an object. */
  QueuedMessage ofObject(String messageId, String key, String content) {
    objects.put(key, content.getBytes(StandardCharsets.UTF_8));
    return ofBody(
        messageId,
        "{\"Records\":[{\"s3\":{\"bucket\":{\"name\":\"bucket\"},\"object\":{\"key\":\"%s\"}}}]}"
            .formatted(key));
  }

  QueuedMessage ofBody(String messageId, String body) {
    return new QueuedMessage(messageId, body, 0, "receipt-" + messageId, null);
  }

  QueuedMessage malformed(String messageId) {
    return message(messageId, null, List.of(new Decoded.Malformed("$.model", "a model")));
  }

  /** Mapping this record throws, and says in its message what must not be told. */
  void unmappable(String recordId) {
    unmappable.add(recordId);
  }

  Broadcast broadcast() {
    Broadcast current = broadcast;
    if (current == null) {
      GenerationSpans spans = new GenerationSpans("sentry-broadcast", "0.1.0");
      current =
          new Broadcast(
              new DeliverySettings(
                  List.of("default"),
                  ContentRules.of(forced),
                  new ContentLimits(1 << 16, 1 << 19),
                  Duration.ofDays(30),
                  maxRequestBytes,
                  "sentry-broadcast/0.1.0"),
              this::decode,
              new ObjectReading(decoder::open, this::send),
              (generation, mode, limits) -> {
                if (unmappable.contains(generation.id())) {
                  throw new IllegalStateException("canary-in-exception");
                }
                return changeTree.apply(spans.spans(generation, mode, limits));
              },
              destinations,
              this::hide,
              http,
              time,
              time,
              time,
              RandomGenerator.of("L64X128MixRandom"));
      broadcast = current;
    }
    return current;
  }

  private List<Decoded> decode(QueuedMessage message) {
    return message.body().isEmpty()
        ? decoded.getOrDefault(message.messageId(), List.of())
        : decoder.decode(message);
  }

  private ObjectSource.Opened open(SourceObject object, long offset) {
    byte[] bytes = objects.get(object.key());
    if (bytes == null) {
      return new ObjectSource.Opened.Unavailable("S3: NoSuchKey");
    }
    opened++;
    return new ObjectSource.Opened.Body(
        new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset),
        bytes.length,
        new SourceObject(object.bucket(), object.key(), null, "etag"),
        0);
  }

  private boolean send(String body, Duration delay) {
    if (continuationsFail) {
      return false;
    }
    continued.put(body, delay);
    return true;
  }

  private void hide(List<QueuedMessage> messages, Duration wait) {
    if (hidingFails) {
      throw new IllegalStateException("canary-in-exception");
    }
    messages.forEach(message -> hidden.put(message.messageId(), wait));
  }

  /** One invocation with 30 seconds. */
  BatchReport deliver(QueuedMessage... messages) {
    return deliver(Duration.ofSeconds(30), messages);
  }

  BatchReport deliver(Duration remaining, QueuedMessage... messages) {
    return broadcast().deliver(List.of(messages), false, Deadline.in(remaining, time));
  }

  BatchReport deliverInOrder(QueuedMessage... messages) {
    return broadcast().deliver(List.of(messages), true, Deadline.in(Duration.ofSeconds(30), time));
  }

  /** Ids of the records whose generation span Sentry keeps, each as often as it came. */
  List<String> received() {
    List<String> ids = new ArrayList<>();
    for (ReceivedSpan span : sentry.spans()) {
      String id = span.text("broadcast.record.id");
      if (id != null) {
        ids.add(id);
      }
    }
    return ids;
  }

  Set<String> receivedOnce() {
    return new TreeSet<>(received());
  }

  static Map<String, Reason> reasons(BatchReport report) {
    Map<String, Reason> reasons = new LinkedHashMap<>();
    for (ReturnedMessage message : report.returned()) {
      reasons.put(message.messageId(), message.reason());
    }
    return reasons;
  }

  @Override
  public void close() {
    http.close();
    sentry.close();
  }
}
