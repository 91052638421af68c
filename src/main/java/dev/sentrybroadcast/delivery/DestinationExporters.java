package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.destination.Destination;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The exporters of an execution environment, by the destination's name. */
final class DestinationExporters {

  private final SentryHttp http;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final int maxRequestBytes;
  private final String client;
  private final Map<String, DestinationExporter> byName = new HashMap<>();

  DestinationExporters(
      SentryHttp http,
      InstantSource clock,
      LongSupplier nanos,
      int maxRequestBytes,
      String client) {
    this.http = http;
    this.clock = clock;
    this.nanos = nanos;
    this.maxRequestBytes = maxRequestBytes;
    this.client = client;
  }

  /**
   * The exporter for the destination as it is now. One that led elsewhere is let go, not shut down:
   * it has nothing of its own, and another invocation may be exporting through it.
   */
  synchronized DestinationExporter of(Destination destination) {
    DestinationExporter known = byName.get(destination.name());
    if (known != null && known.leadsTo(destination)) {
      return known;
    }
    DestinationExporter made =
        new DestinationExporter(destination, http, clock, nanos, maxRequestBytes, client);
    byName.put(destination.name(), made);
    return made;
  }

  synchronized int count() {
    return byName.size();
  }
}
