package dev.sentrybroadcast.producers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Which inputs pass, and why others do not: {@code target/NAME-report.txt}. Each reason says
 * whether it holds with privacy mode off, on or both, then its kind, then what differs.
 */
final class Report {

  private final Map<String, List<String>> results = new ConcurrentSkipListMap<>();
  private final String name;

  Report(String name) {
    this.name = name;
  }

  /** What is wrong with a message in either mode. */
  List<String> add(String input, JsonNode expected, String message) {
    Set<String> off = new LinkedHashSet<>(problems(expected, message, false));
    Set<String> on = new LinkedHashSet<>(problems(expected, message, true));
    List<String> all = new ArrayList<>();
    off.forEach(problem -> all.add((on.remove(problem) ? "both: " : "off: ") + problem));
    on.forEach(problem -> all.add("on: " + problem));
    return add(input, all);
  }

  private static List<String> problems(JsonNode expected, String message, boolean privacy) {
    return Expectation.problems(expected, Sent.of(message, privacy), privacy);
  }

  List<String> add(String input, List<String> problems) {
    results.put(input, problems);
    return problems;
  }

  void write() {
    long passed = results.values().stream().filter(List::isEmpty).count();
    Map<String, Long> kinds =
        results.values().stream()
            .flatMap(problems -> problems.stream().map(one -> one.split(": ", 3)[1]).distinct())
            .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
    String head =
        "%s: %d of %d pass; inputs with each kind of reason: %s%n"
            .formatted(name, passed, results.size(), kinds);
    List<String> lines = new ArrayList<>();
    results.forEach((input, problems) -> {
      lines.add((problems.isEmpty() ? "PASS " : "FAIL ") + input);
      problems.forEach(problem -> lines.add("     " + problem));
    });
    System.out.print(head);
    write(head, lines);
  }

  private void write(String head, Collection<String> lines) {
    try {
      Files.createDirectories(Path.of("target"));
      Files.writeString(
          Path.of("target", name + "-report.txt"), head + String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
