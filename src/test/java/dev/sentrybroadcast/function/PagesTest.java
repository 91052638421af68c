package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the operator's pages say what is so. */
final class PagesTest {

  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([a-z0-9-]+))?\\)");

  @Test
  void metricsPage_ofEachMetric_hasNameAndUnitInTheOrderOfTheLine() {
    List<List<String>> rows = Template.rows("docs/metrics.md", "Metrics");
    List<String> expected = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      expected.add(metric.label + " " + metric.unit);
    }
    for (Reason reason : Reason.values()) {
      expected.add(Metric.returnedFor(reason) + " Count");
    }

    assertThat(rows.stream().map(row -> row.get(0) + " " + row.get(1)).toList())
        .isEqualTo(expected);
    assertThat(rows).allSatisfy(row -> assertThat(row.get(2)).isNotBlank());
  }

  @Test
  void runbook_ofEachReason_saysWhatToDo() {
    List<List<String>> rows = Template.rows("docs/runbook.md", "What a message came back for");

    assertThat(rows.stream().map(row -> row.get(0) + " " + row.get(1)))
        .containsExactlyElementsOf(
            Arrays.stream(Reason.values())
                .map(reason -> reason.name() + " " + Metric.returnedFor(reason))
                .toList());
    assertThat(rows).allSatisfy(row -> assertThat(row.get(3)).isNotBlank());
  }

  @ParameterizedTest
  @ValueSource(strings = {"runbook.md", "deploy.md", "metrics.md", "permissions.md", "licences.md"})
  void links_ofThePage_leadSomewhere(String page) {
    for (MatchResult link : LINK.matcher(Template.text("docs/" + page)).results().toList()) {
      Path target =
          link.group(1).isEmpty()
              ? Path.of("docs", page)
              : Path.of("docs").resolve(link.group(1)).normalize();
      assertThat(target).exists();
      if (link.group(2) != null) {
        assertThat(anchors(target)).as(page).contains(link.group(2));
      }
    }
  }

  private static List<String> anchors(Path page) {
    return Template.text(page.toString())
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
        .toList();
  }
}
