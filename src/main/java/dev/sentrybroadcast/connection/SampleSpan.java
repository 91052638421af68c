package dev.sentrybroadcast.connection;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * One span that is named and tagged as a test. It has no {@code gen_ai} attribute, so that it adds
 * nothing to anybody's calls, tokens or cost.
 *
 * @param request the OTLP export request that holds it, as protobuf
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SampleSpan(String traceId, byte[] request) {

  static final String NAME = "sentry-broadcast connection test";

  static SampleSpan at(Instant now, ConnectionSettings settings) {
    Resource resource =
        Resource.builder()
            .put("service.name", settings.serviceName())
            .put("service.version", settings.version())
            .put("telemetry.sdk.language", "java")
            .build();
    try (SdkTracerProvider tracers =
        SdkTracerProvider.builder()
            .setResource(resource)
            .setIdGenerator(new FreshIds())
            // Spans are recorded only for a processor.
            .addSpanProcessor(SimpleSpanProcessor.create(SpanExporter.composite()))
            .build()) {
      Span span =
          tracers
              .tracerBuilder("sentry-broadcast")
              .setInstrumentationVersion(settings.version())
              .build()
              .spanBuilder(NAME)
              .setNoParent()
              .setStartTimestamp(now.minusMillis(1))
              .setAttribute(AttributeKey.stringKey("sentry.op"), "test")
              .setAttribute(AttributeKey.stringKey("sentry.origin"), "auto.ai.sentry_broadcast")
              .setAttribute(AttributeKey.booleanKey("broadcast.connection_test"), true)
              .startSpan();
      span.end(now);
      ByteArrayOutputStream request = new ByteArrayOutputStream();
      TraceRequestMarshaler.create(List.of(((ReadableSpan) span).toSpanData()))
          .writeBinaryTo(request);
      return new SampleSpan(span.getSpanContext().getTraceId(), request.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  /** The SDK's ids are seeded once, so environments restored from one snapshot would share them. */
  private static final class FreshIds implements IdGenerator {

    @Override
    public String generateSpanId() {
      return HexFormat.of().toHexDigits(new SecureRandom().nextLong());
    }

    @Override
    public String generateTraceId() {
      return generateSpanId() + generateSpanId();
    }
  }
}
