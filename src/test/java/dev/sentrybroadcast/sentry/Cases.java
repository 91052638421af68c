package dev.sentrybroadcast.sentry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the vectors under {@code src/test/resources/sentry}. */
final class Cases {

  private static final JsonMapper JSON = new JsonMapper();

  private Cases() {}

  static Stream<JsonNode> of(String file) {
    try (InputStream in = Cases.class.getResourceAsStream("/sentry/" + file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not on the class path");
      }
      return JSON.readTree(in).get("cases").valueStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode parse(String json) {
    return JSON.readTree(json);
  }

  static @Nullable String text(JsonNode node, String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull() ? null : value.asString();
  }
}
