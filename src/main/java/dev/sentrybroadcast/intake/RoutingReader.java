package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Routing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads where a record goes, and whether its content may leave. */
final class RoutingReader {

  static final String DESTINATION = "destination";
  static final String PRIVACY = "privacy";

  private RoutingReader() {}

  /** Null where the destination cannot be told: no other project must get the record by default. */
  static @Nullable Routing read(Fields record) {
    List<String> destinations = destinations(record.get(DESTINATION));
    return destinations == null ? null : new Routing(destinations, privacyMode(record));
  }

  static Decoded.Malformed malformed(Fields record) {
    return new Decoded.Malformed(
        record.path(DESTINATION), "the name of a destination, or an array of names");
  }

  private static @Nullable List<String> destinations(@Nullable JsonValue value) {
    if (value == null) {
      return List.of();
    }
    List<JsonValue> names = value.isElements() ? JsonValue.elements(value) : List.of(value);
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

  /** A word we do not know is meant to withhold something, so it does. */
  static PrivacyMode privacyMode(Fields record) {
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
