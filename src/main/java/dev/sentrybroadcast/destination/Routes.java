package dev.sentrybroadcast.destination;

import dev.sentrybroadcast.generation.TelemetryRecord;
import java.util.LinkedHashSet;
import java.util.List;

/** Selects the destinations of a record. */
public final class Routes {

  private Routes() {}

  /** The names in the record, else the defaults; distinct, in order. Unknown names are kept. */
  public static List<String> of(TelemetryRecord telemetry, List<String> defaults) {
    List<String> named = telemetry.routing().destinations();
    return List.copyOf(new LinkedHashSet<>(named.isEmpty() ? defaults : named));
  }
}
