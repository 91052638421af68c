package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.http.HttpPost;
import dev.sentrybroadcast.http.Origin;
import dev.sentrybroadcast.sentry.ErrorEvent;
import dev.sentrybroadcast.sentry.EventEnvelope;
import dev.sentrybroadcast.sentry.RateLimits;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The way to one destination: exporter, envelopes, and what Sentry has asked us to hold back. It is
 * kept as long as endpoint and DSN stay the same, and holds nothing that must be closed.
 */
final class DestinationExporter {

  /** Held here, since a logger that nobody holds forgets its level. What it would say, we say. */
  private static final Logger EXPORTER_LOG = Logger.getLogger("io.opentelemetry.exporter");

  static {
    EXPORTER_LOG.setLevel(Level.OFF);
  }

  private final Destination destination;
  private final SentryHttp http;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final String client;
  private final OtlpHttpSpanExporter exporter;
  private final RateLimits limits = new RateLimits();

  DestinationExporter(
      Destination destination,
      SentryHttp http,
      InstantSource clock,
      LongSupplier nanos,
      int maxRequestBytes,
      String client) {
    this.destination = destination;
    this.http = http;
    this.clock = clock;
    this.nanos = nanos;
    this.client = client;
    HttpSenderProvider senders =
        config -> new SentryHttpSender(http, config, maxRequestBytes, client);
    exporter =
        OtlpHttpSpanExporter.builder()
            .setComponentLoader(new OneProvider(senders))
            .setEndpoint(destination.endpoint().toString())
            .addHeader("x-sentry-auth", destination.dsn().authHeader(client))
            // Its retries would hide the status behind a time-out, and know nothing of our
            // deadline.
            .setRetryPolicy(null)
            // On JDK 23 and later the reusable mode writes text char by char.
            .setMemoryMode(MemoryMode.IMMUTABLE_DATA)
            // The sender checks the size, and tells it apart from other failures.
            .setMaxRequestBodySize(Integer.MAX_VALUE)
            .setMeterProvider(MeterProvider.noop())
            .build();
  }

  boolean leadsTo(Destination other) {
    return destination.endpoint().equals(other.endpoint()) && destination.dsn().equals(other.dsn());
  }

  /** Has a connection ready for the first request, if one can be had in that time. */
  void connectAhead(Duration timeout) {
    http.connectAhead(Origin.of(destination.endpoint()), timeout);
  }

  /** Sends the spans, all of them in one request. */
  ExportResult export(SpanRequest request, Duration timeout, Tally tally) {
    long start = nanos.getAsLong();
    List<List<SpanData>> parts = request.parts();
    try (SpanCall call = new SpanCall(timeout, parts.size(), request.bytes())) {
      CompletableResultCode done =
          ScopedValue.where(SpanCall.CURRENT, call).call(() -> export(parts, call));
      if (call.isTooLarge()) {
        return new ExportResult.TooLarge();
      }
      tally.request(call.body().length(), nanos.getAsLong() - start);
      HttpAnswer answer = call.answer();
      if (answer == null) {
        return new ExportResult.Unavailable(
            done.isDone() ? "the exporter did not send" : "the exporter did not finish", null);
      }
      return result(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CompletableResultCode export(List<List<SpanData>> parts, SpanCall call) {
    CompletableResultCode done = CompletableResultCode.ofSuccess();
    for (int i = 0; i < parts.size() && !call.isTooLarge(); i++) {
      done = exporter.export(parts.get(i));
    }
    return done;
  }

  /** Sends the event in an envelope of its own, as Sentry wants events. */
  ExportResult sendEvent(ErrorEvent event, Duration timeout) {
    String version = client.substring(client.indexOf('/') + 1);
    byte[] envelope = EventEnvelope.write(event, version, clock.instant());
    HttpPost request =
        HttpPost.to(destination.dsn().envelopeEndpoint())
            .header("Content-Type", EventEnvelope.CONTENT_TYPE)
            .header("x-sentry-auth", destination.dsn().authHeader(client))
            .header("User-Agent", client);
    try (GzipBody body = new GzipBody(envelope.length)) {
      body.write(envelope);
      body.finish();
      body.into(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result(http.send(request, timeout));
  }

  /** Not a switch: one over types is linked at run time, by method handles. */
  private ExportResult result(HttpAnswer answer) {
    if (answer instanceof HttpAnswer.Answered answered) {
      return result(answered);
    }
    HttpAnswer.Unanswered unanswered = (HttpAnswer.Unanswered) answer;
    return new ExportResult.Unavailable(unanswered.cause().words(), null);
  }

  private ExportResult result(HttpAnswer.Answered answer) {
    int status = answer.status();
    Instant now = clock.instant();
    limits.update(status, answer.headers(), now);
    if (status >= 200 && status < 300) {
      return new ExportResult.Accepted(answer.body().rejectedSpans());
    }
    if (status == 408 || status >= 500) {
      return new ExportResult.Unavailable(
          "HTTP " + status, RateLimits.retryAfter(answer.headers(), now));
    }
    return switch (status) {
      case 401, 403 -> new ExportResult.Unauthorized(status, answer.body().knownReason());
      case 413 -> new ExportResult.TooLarge();
      case 429 -> new ExportResult.Throttled();
      default -> new ExportResult.Rejected(status);
    };
  }

  /** How long Sentry wants nothing of this category; zero when it may be sent. */
  Duration limited(RateLimits.Category category) {
    return limits.remaining(category, clock.instant());
  }

  @Override
  public String toString() {
    return "DestinationExporter[" + destination.name() + "]";
  }

  /** Gives the exporter our sender, with no look into the class path. */
  private record OneProvider(HttpSenderProvider provider) implements ComponentLoader {
    @Override
    public <T> Iterable<T> load(Class<T> type) {
      return type == HttpSenderProvider.class ? List.of(type.cast(provider)) : List.of();
    }
  }
}
