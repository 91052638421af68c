package dev.sentrybroadcast.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The files that tests read: {@code events/} and the recorded bodies. */
final class Samples {

  private static final JsonFactory JSON = new JsonFactory();

  private Samples() {}

  static List<Path> files(String folder) {
    try (Stream<Path> files = Files.list(folder(folder))) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(String name) {
    return read(folder(".").resolve(name));
  }

  /** The bodies of an SQS event's messages. */
  static List<String> bodies(Path event) {
    List<String> bodies = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(read(event))) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME && parser.currentName().equals("body")) {
          bodies.add(Objects.requireNonNull(parser.nextTextValue()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bodies;
  }

  static String body(String event) {
    return bodies(folder("events").resolve(event + ".json")).getFirst();
  }

  private static Path folder(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(Samples.class.getClassLoader().getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
