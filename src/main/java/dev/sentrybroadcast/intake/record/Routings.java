package dev.sentrybroadcast.intake.record;

import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Routing;
import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.Limits;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads where a record goes, and whether its content may leave. */
public final class Routings {

  public static final String DESTINATION = "destination";
  public static final String PRIVACY = "privacy";

  private Routings() {}

  /** Null where the destination is not a name: the record must not go to the default instead. */
  public static @Nullable Routing read(ObjectView record) {
    List<String> destinations = destinations(record.get(DESTINATION));
    return destinations == null ? null : new Routing(destinations, privacyMode(record));
  }

  public static Decoded.Malformed malformed(ObjectView record) {
    return new Decoded.Malformed(
        record.path(DESTINATION), "the name of a destination, or an array of names");
  }

  private static @Nullable List<String> destinations(@Nullable JsonValue value) {
    if (value == null) {
      return List.of();
    }
    List<JsonValue> names = value instanceof JsonValue.Array(var items) ? items : List.of(value);
    List<String> destinations = new ArrayList<>(names.size());
    for (JsonValue name : names) {
      String text = JsonValue.text(name);
      if (text == null || text.isBlank() || text.length() > Limits.NAME_CHARS) {
        return null;
      }
      if (!destinations.contains(text)) {
        destinations.add(text);
      }
      if (destinations.size() > Limits.DESTINATIONS) {
        return null;
      }
    }
    return destinations;
  }

  /** An unknown value turns privacy mode on. */
  public static PrivacyMode privacyMode(ObjectView record) {
    JsonValue privacy = record.get(PRIVACY);
    if (privacy == null) {
      return PrivacyMode.OFF;
    }
    if (!"metadata_only".equals(JsonValue.text(privacy))) {
      record.drop(PRIVACY);
    }
    return PrivacyMode.ON;
  }
}
