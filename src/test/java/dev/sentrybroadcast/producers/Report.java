package dev.sentrybroadcast.producers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    Set<String> off =
        new LinkedHashSet<>(Expectation.problems(expected, Sent.of(message, false), false));
    Set<String> on =
        new LinkedHashSet<>(Expectation.problems(expected, Sent.of(message, true), true));
    List<String> all = new ArrayList<>();
    off.forEach(problem -> all.add((on.remove(problem) ? "both: " : "off: ") + problem));
    on.forEach(problem -> all.add("on: " + problem));
    return add(input, all);
  }

  List<String> add(String input, List<String> problems) {
    results.put(input, problems);
    return problems;
  }

  void write(String figures) throws IOException {
    long passed = results.values().stream().filter(List::isEmpty).count();
    Map<String, Long> kinds =
        results.values().stream()
            .flatMap(problems -> problems.stream().map(one -> one.split(": ", 3)[1]).distinct())
            .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %d of %d pass; failures by kind of reason: %s; %s"
            .formatted(name, passed, results.size(), kinds, figures));
    results.forEach((input, problems) -> {
      lines.add((problems.isEmpty() ? "PASS " : "FAIL ") + input);
      problems.forEach(problem -> lines.add("     " + problem));
    });
    System.out.println(lines.getFirst());
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target", name + "-report.txt"), lines);
  }
}
