package dev.sentrybroadcast.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.delivery.BatchMessage.MessageGroup;
import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.genai.GenerationSpans;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.intake.QueuedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request that the exporter writes in several parts. */
final class DestinationExporterTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final GenerationSpans spans = new GenerationSpans("sentry-broadcast", "0.1.0");
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

  private SpanRequest request(int records) {
    List<Parcel> parcels = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      BatchMessage message =
          new BatchMessage(new QueuedMessage("m" + i, "", 0, null, null), new MessageGroup(), i);
      parcels.add(
          new Parcel(
              new BatchRecord(
                  message,
                  Generations.saying("r" + i, "x".repeat(1000)),
                  spans::spans,
                  new ContentLimits(1 << 16, 1 << 19)),
              PrivacyMode.OFF));
    }
    return new SpanRequest(parcels);
  }

  @Test
  void export_severalParts_isOneRequestWithAllSpansInOrder() {
    SpanRequest request = request(300);
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
    SpanRequest request = request(300);

    ExportResult result = exporter(200_000).export(request, TIMEOUT, new Tally());

    assertThat(result).isInstanceOf(ExportResult.TooLarge.class);
    assertThat(scene.sentry.requests()).isEmpty();
  }
}
