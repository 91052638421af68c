package dev.sentrybroadcast.intake.envelope;

import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.Dialect;
import dev.sentrybroadcast.intake.Origin;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;

/**
 * OTLP logs, metrics and profiles. A Collector that exports all signals sends them too, so they are
 * not malformed.
 */
public final class OtherSignals implements Dialect {

  @Override
  public boolean recognises(JsonObject record) {
    return !record.has("resourceSpans")
        && record.first("resourceLogs", "resourceMetrics", "resourceProfiles") != null;
  }

  @Override
  public List<Decoded> read(ObjectView record, Origin origin) {
    String signal =
        record.has("resourceLogs")
            ? "logs"
            : record.has("resourceMetrics") ? "metrics" : "profiles";
    return List.of(
        new Decoded.Ignored("OTLP " + signal + ", not read: export traces alone to this queue"));
  }
}
