package dev.sentrybroadcast.destination;

import dev.sentrybroadcast.generation.TelemetryRecord;
import java.util.LinkedHashSet;
import java.util.List;

/** Which destinations a record goes to. */
public final class Routes {

  private Routes() {}

  /**
   * The names the record gives, else the defaults; distinct, in order. A name that does not exist
   * stays in: it fails the record and never falls back to another project.
   */
  public static List<String> of(TelemetryRecord telemetry, List<String> defaults) {
    List<String> named = telemetry.routing().destinations();
    return List.copyOf(new LinkedHashSet<>(named.isEmpty() ? defaults : named));
  }
}
