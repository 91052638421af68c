package dev.sentrybroadcast.function;

import dev.sentrybroadcast.delivery.Broadcast;
import dev.sentrybroadcast.delivery.DeliverySettings;
import dev.sentrybroadcast.delivery.Pause;
import dev.sentrybroadcast.delivery.Visibility;
import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.destination.Destinations;
import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.genai.GenerationSpans;
import dev.sentrybroadcast.intake.RecordDecoder;
import java.time.InstantSource;

/** The object graph, built once per execution environment; building it touches no network. */
final class Wiring {

  /** Of the product: in the client's name, the service's version and the scope's. */
  static final String VERSION = "0.1.0";

  private final Settings settings;

  Wiring(Settings settings) {
    this.settings = settings;
  }

  Broadcast broadcast() {
    return new Broadcast(
        new DeliverySettings(
            settings.defaultDestinations(),
            settings.forced(),
            new ContentLimits(settings.maxAttributeBytes(), settings.maxSpanBytes()),
            settings.maxRequestBytes(),
            "sentry-broadcast/" + VERSION),
        new RecordDecoder(),
        new GenerationSpans(settings.serviceName(), VERSION),
        destinations(),
        Visibility.UNCHANGED,
        InstantSource.system(),
        System::nanoTime,
        Pause.SLEEP);
  }

  private static Destinations destinations() {
    return new Destinations() {
      @Override
      public Lookup find(String name) {
        return new Lookup.Unknown(name);
      }

      @Override
      public Lookup readAgain(Destination refused) {
        return new Lookup.Unknown(refused.name());
      }

      @Override
      public void expire() {}
    };
  }
}
