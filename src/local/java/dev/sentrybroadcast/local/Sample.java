package dev.sentrybroadcast.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * The body of one message in a file of {@code events/}.
 *
 * @param file the file's name
 * @param meantToFail whether a file that has it is named after something that cannot be delivered
 */
record Sample(String file, String body, boolean meantToFail) {

  /** Each distinct body once, named after the smallest file that has it. */
  static List<Sample> all() {
    URL folder = Sample.class.getResource("/events");
    if (folder == null) {
      return List.of();
    }
    Map<String, List<String>> bodiesByFile = new TreeMap<>();
    try (Stream<Path> files = Files.list(Path.of(uri(folder)))) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        // The others are calls of the HTTP function.
        if (name.endsWith(".json") && !name.startsWith("connection-")) {
          bodiesByFile.put(name, bodies(Files.readString(file)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return distinct(bodiesByFile);
  }

  /** And the first of them once more, to a destination that it does not name. */
  static List<Sample> allAndOneTo(String destination) {
    List<Sample> samples = new ArrayList<>(all());
    samples.stream()
        .filter(sample -> sample.body().startsWith("{") && !sample.meantToFail())
        .filter(sample -> !sample.body().contains("\"destination\""))
        .findFirst()
        .map(sample ->
            new Sample(
                sample.file() + " to " + destination,
                "{\"destination\":\"" + destination + "\"," + sample.body().substring(1),
                false))
        .ifPresent(samples::add);
    return samples;
  }

  static List<Sample> distinct(Map<String, List<String>> bodiesByFile) {
    Map<String, Sample> samples = new LinkedHashMap<>();
    bodiesByFile.entrySet().stream()
        .sorted(Comparator.comparingInt(file -> file.getValue().size()))
        .forEach(file -> file.getValue().forEach(body -> add(file.getKey(), body, samples)));
    return List.copyOf(samples.values());
  }

  private static void add(String file, String body, Map<String, Sample> samples) {
    boolean meantToFail = file.contains("malformed") || file.contains("unknown");
    samples.merge(
        body,
        new Sample(file, body, meantToFail),
        (first, second) ->
            new Sample(first.file(), body, first.meantToFail() || second.meantToFail()));
  }

  /** Of a queue event; other files have none. */
  static List<String> bodies(String json) {
    JsonNode event = JsonNode.parser().parse(json);
    List<JsonNode> records =
        event.isObject()
            ? event.field("Records").map(JsonNode::asArray).orElse(List.of())
            : List.of();
    return records.stream().flatMap(r -> r.field("body").stream()).map(JsonNode::text).toList();
  }

  private static URI uri(URL url) {
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
