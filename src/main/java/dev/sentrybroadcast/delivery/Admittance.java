package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.destination.Destination;
import dev.sentrybroadcast.genai.SpanIds;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.TelemetryRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which records a destination gets, and with how much in them. */
final class Admittance {

  private final PrivacyMode forced;

  Admittance(PrivacyMode forced) {
    this.forced = forced;
  }

  /**
   * One parcel for each record that is to be sent. A record that is there twice becomes one parcel
   * that two messages wait for; two records that differ under the same ids become two.
   */
  List<Parcel> admit(List<BatchRecord> records, Destination destination, Tally tally) {
    List<Parcel> parcels = new ArrayList<>();
    Map<String, List<Parcel>> byIdentity = new HashMap<>();
    for (BatchRecord record : records) {
      if (record.message().isBlocked()) {
        continue;
      }
      if (!admits(record, destination, tally)) {
        record.message().arrived();
        continue;
      }
      try {
        Parcel parcel = new Parcel(record, mode(destination, record.telemetry()));
        List<Parcel> namesakes =
            byIdentity.computeIfAbsent(parcel.identity(), _ -> new ArrayList<>(1));
        Parcel twin = twin(parcel, namesakes);
        if (twin == null) {
          namesakes.add(parcel);
          parcels.add(parcel);
        } else {
          twin.addMessage(record.message());
          tally.duplicates++;
        }
      } catch (RuntimeException | StackOverflowError e) {
        record.message().fail(Reason.BUG, Bug.describe(e));
      }
    }
    return parcels;
  }

  /** The parcels that are still to be sent, by the rules of the destination as it is now. */
  List<Parcel> readmit(List<Parcel> parcels, Destination destination, Tally tally) {
    List<Parcel> admitted = new ArrayList<>(parcels.size());
    for (Parcel parcel : parcels) {
      if (!admits(parcel.record(), destination, tally)) {
        parcel.arrived();
        continue;
      }
      try {
        parcel.mapIn(mode(destination, parcel.record().telemetry()));
        admitted.add(parcel);
      } catch (RuntimeException | StackOverflowError e) {
        parcel.fail(Reason.BUG, Bug.describe(e));
      }
    }
    return admitted;
  }

  private PrivacyMode mode(Destination destination, TelemetryRecord telemetry) {
    return forced.stricter(destination.privacyMode()).stricter(telemetry.routing().privacyMode());
  }

  private static boolean admits(BatchRecord record, Destination destination, Tally tally) {
    TelemetryRecord telemetry = record.telemetry();
    switch (destination.admit(telemetry.caller().apiKeyName(), samplingKey(telemetry))) {
      case SEND -> {
        return true;
      }
      case SAMPLED_OUT -> tally.sampledOut++;
      case FILTERED -> tally.filtered++;
      case DISABLED -> tally.disabled++;
    }
    return false;
  }

  private static String samplingKey(TelemetryRecord telemetry) {
    String session = telemetry.caller().sessionId();
    // The id that is sent: however a producer spells a trace's, the trace is kept whole.
    return session != null && !session.isBlank() ? session : SpanIds.traceId(telemetry);
  }

  private static @Nullable Parcel twin(Parcel parcel, List<Parcel> namesakes) {
    for (Parcel other : namesakes) {
      if (other.tree().spans().equals(parcel.tree().spans())) {
        return other;
      }
    }
    return null;
  }
}
