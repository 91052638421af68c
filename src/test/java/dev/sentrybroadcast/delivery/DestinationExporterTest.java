package dev.sentrybroadcast.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request that the exporter writes in several parts. */
final class DestinationExporterTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Scene scene = new Scene();
  private final SentryHttp http = new SentryHttp(scene.time, scene.time);

  @AfterEach
  void close() {
    http.close();
    scene.close();
  }

  private DestinationExporter exporter(int maxRequestBytes) {
    return new DestinationExporter(
        scene.destination("default"),
        http,
        scene.time,
        scene.time,
        maxRequestBytes,
        "sentry-broadcast/0.1.0");
  }

  @Test
  void export_severalParts_isOneRequestWithAllSpansInOrder() {
    SpanRequest request = new SpanRequest(SpanRequestTest.parcels(300));
    Tally tally = new Tally();

    ExportResult result = exporter(4 << 20).export(request, TIMEOUT, tally);

    assertThat(request.parts()).hasSizeGreaterThan(1);
    assertThat(result).isEqualTo(new ExportResult.Accepted(0));
    assertThat(scene.sentry.requests()).hasSize(1);
    assertThat(scene.received())
        .containsExactlyElementsOf(
            request.parcels().stream().map(p -> p.record().telemetry().id()).toList());
  }

  @Test
  void export_moreThanARequestMayHoldInAllItsParts_isTooLargeAndNotSent() {
    SpanRequest request = new SpanRequest(SpanRequestTest.parcels(300));

    ExportResult result = exporter(200_000).export(request, TIMEOUT, new Tally());

    assertThat(result).isInstanceOf(ExportResult.TooLarge.class);
    assertThat(scene.sentry.requests()).isEmpty();
  }
}
