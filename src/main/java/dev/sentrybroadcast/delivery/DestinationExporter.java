package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.sentry.ErrorEvent;
import dev.sentrybroadcast.sentry.HttpResult;
import dev.sentrybroadcast.sentry.RateLimits;
import dev.sentrybroadcast.sentry.ResponseVerdict;
import dev.sentrybroadcast.sentry.SentryHttpClient;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sends spans and error events to one destination, and knows what Sentry has asked to hold back. It
 * is kept as long as endpoint and DSN stay the same. Thread-safe.
 */
record DestinationExporter(
    Destination destination,
    SentryHttpClient http,
    InstantSource clock,
    LongSupplier nanos,
    String client,
    RateLimits limits) {

  /** Kept in a field, because a logger that is not referenced forgets its level. */
  private static final Logger EXPORTER_LOG = Logger.getLogger("io.opentelemetry.exporter");

  static {
    // It would log what the other end answers.
    EXPORTER_LOG.setLevel(Level.OFF);
  }

  boolean leadsTo(Destination other) {
    return destination.endpoint().equals(other.endpoint()) && destination.dsn().equals(other.dsn());
  }

  /** Sends the spans in one request. */
  ResponseVerdict export(Collection<SpanData> spans, Duration timeout, DeliveryCounters counters) {
    SpanSender sender =
        new SpanSender(
            body ->
                http.post(destination.endpoint(), headers("application/x-protobuf"), body, timeout),
            nanos);
    exporter(sender).export(spans);
    SpanSender.Sent sent = sender.sent();
    if (sent == null) {
      throw new IllegalStateException("the exporter sent nothing");
    }
    counters.request(sent);
    return verdict(sent.result());
  }

  /** One for each request. It has no thread and no connection of its own, so it is cheap. */
  private static OtlpHttpSpanExporter exporter(SpanSender sender) {
    return OtlpHttpSpanExporter.builder()
        .setComponentLoader(new OneProvider(_ -> sender))
        // Its retries would hide the status, and do not know the deadline.
        .setRetryPolicy(null)
        // On JDK 23 and later the reusable mode writes text char by char.
        .setMemoryMode(MemoryMode.IMMUTABLE_DATA)
        // Requests are packed by size.
        .setMaxRequestBodySize(Integer.MAX_VALUE)
        .setMeterProvider(MeterProvider.noop())
        .build();
  }

  /** Sends the event in an envelope of its own, as Sentry expects events. */
  ResponseVerdict sendEvent(ErrorEvent event, Duration timeout) {
    String version = client.substring(client.indexOf('/') + 1);
    byte[] envelope = event.envelope(version, clock.instant());
    byte[] body = Gzip.compress(out -> out.write(envelope));
    return verdict(
        http.post(
            destination.dsn().envelopeEndpoint(), headers(ErrorEvent.CONTENT_TYPE), body, timeout));
  }

  private Map<String, String> headers(String contentType) {
    return Map.of(
        "Content-Type",
        contentType,
        "Content-Encoding",
        "gzip",
        "x-sentry-auth",
        destination.dsn().authHeader(client),
        "User-Agent",
        client);
  }

  private ResponseVerdict verdict(HttpResult result) {
    Instant now = clock.instant();
    if (result instanceof HttpResult.Response response) {
      limits.update(response.status(), response.headers(), now);
    }
    return ResponseVerdict.of(result, now);
  }

  /** How long Sentry wants nothing of this category; zero when it may be sent. */
  Duration limited(RateLimits.Category category) {
    return limits.remaining(category, clock.instant());
  }

  /** Gives the exporter our sender, without a search of the class path. */
  private record OneProvider(HttpSenderProvider provider) implements ComponentLoader {
    @Override
    public <T> Iterable<T> load(Class<T> type) {
      return type == HttpSenderProvider.class ? List.of(type.cast(provider)) : List.of();
    }
  }
}
