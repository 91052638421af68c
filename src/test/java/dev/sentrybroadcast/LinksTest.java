package dev.sentrybroadcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links between the Markdown pages of the repository. Links to other sites are not followed. */
final class LinksTest {

  private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
  private static final Map<Path, String> PAGES = pages();

  static Set<Path> names() {
    return PAGES.keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void links_ofAPage_leadToFilesAndHeadings(Path page) {
    List<String> broken = new ArrayList<>();
    for (String link : links(page)) {
      String[] parts = link.split("#", 2);
      Path target = target(page, parts[0]);
      if (!existsAsSpelled(target)) {
        broken.add(link + ": there is no such file");
      } else if (parts.length == 2 && !anchors(target).contains(parts[1])) {
        broken.add(link + ": there is no such heading");
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void pages_ofTheRepository_areFoundFromReadme() {
    Set<Path> found = new TreeSet<>();
    Deque<Path> open = new ArrayDeque<>(List.of(Path.of("README.md")));
    while (!open.isEmpty()) {
      Path page = open.remove();
      if (PAGES.containsKey(page) && found.add(page)) {
        links(page).forEach(link -> open.add(target(page, link.split("#", 2)[0])));
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(PAGES.keySet());
  }

  private static List<String> links(Path page) {
    return LINK.matcher(PAGES.getOrDefault(page, ""))
        .results()
        .map(link -> link.group(1))
        .filter(link -> !link.matches("[a-z]+:.*"))
        .toList();
  }

  private static Path target(Path page, String link) {
    return link.isEmpty() ? page : page.resolveSibling(link).normalize();
  }

  /** Also on a file system that takes no notice of case. */
  private static boolean existsAsSpelled(Path target) {
    Path file = target.toAbsolutePath();
    try {
      return Files.exists(file) && file.toRealPath().endsWith(target);
    } catch (IOException e) {
      return false;
    }
  }

  /** The anchors that GitHub gives to a page's headings. */
  private static Set<String> anchors(Path page) {
    Set<String> anchors = new TreeSet<>();
    Map<String, Integer> times = new HashMap<>();
    for (MatchResult heading : HEADING.matcher(PAGES.getOrDefault(page, "")).results().toList()) {
      String anchor =
          heading
              .group(1)
              .strip()
              .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .replace(' ', '-');
      int before = times.merge(anchor, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? anchor : anchor + "-" + before);
    }
    return anchors;
  }

  /** Page to its text without blocks of code. */
  private static Map<Path, String> pages() {
    Map<Path, String> pages = new TreeMap<>();
    try (Stream<Path> top = Files.list(Path.of(""));
        Stream<Path> docs = Files.walk(Path.of("docs"))) {
      for (Path page : Stream.concat(top, docs).filter(LinksTest::isMarkdown).toList()) {
        pages.put(page, CODE_BLOCK.matcher(Files.readString(page)).replaceAll(""));
      }
    } catch (IOException e) {
      throw new AssertionError("the pages cannot be read", e);
    }
    return pages;
  }

  private static boolean isMarkdown(Path file) {
    return file.toString().endsWith(".md") && !file.toString().contains("node_modules");
  }
}
