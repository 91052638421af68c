package dev.sentrybroadcast;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The events of {@code events/}, which `sam local invoke` reads too. */
final class Samples {

  private static final JsonMapper JSON = JsonMapper.shared();

  private Samples() {}

  /** The body of the event's first message. */
  static String body(String event) {
    return bodies(event).getFirst();
  }

  static List<String> bodies(String event) {
    try {
      JsonNode records = JSON.readTree(Files.readString(Path.of("events", event))).get("Records");
      return records.valueStream().map(record -> record.get("body").asString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
