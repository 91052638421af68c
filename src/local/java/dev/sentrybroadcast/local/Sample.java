package dev.sentrybroadcast.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * The body of one message in a file of {@code events/}.
 *
 * @param file the file's name
 */
record Sample(String file, String body) {

  /** All of them, in the order of the files' names; files that hold no queue event are left out. */
  static List<Sample> all() {
    URL folder = Sample.class.getResource("/events");
    if (folder == null) {
      return List.of();
    }
    List<Sample> samples = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(folder(folder)))) {
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".json")) {
          samples.addAll(read(name, Files.readAllBytes(file)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return samples;
  }

  static List<Sample> read(String file, byte[] json) {
    JsonNode event = JsonNode.parser().parse(json);
    List<JsonNode> records =
        event.isObject()
            ? event.field("Records").map(JsonNode::asArray).orElse(List.of())
            : List.of();
    List<Sample> samples = new ArrayList<>();
    for (JsonNode record : records) {
      record.field("body").ifPresent(body -> samples.add(new Sample(file, body.text())));
    }
    return samples;
  }

  /** Samples of what must not be delivered say so in their file's name. */
  boolean isMeantToFail() {
    return file.contains("malformed") || file.contains("unknown");
  }

  private static URI folder(URL url) {
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "Sample[" + file + "]";
  }
}
