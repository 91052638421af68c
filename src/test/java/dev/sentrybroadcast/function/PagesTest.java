package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.connection.Problem;
import dev.sentrybroadcast.delivery.Counter;
import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** That the operator's pages say what is so. */
final class PagesTest {

  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([a-z0-9-]+))?\\)");

  @Test
  void metricsPage_ofEachMetric_hasNameAndUnitInTheOrderOfTheLine() {
    List<List<String>> rows = Template.rows("docs/metrics.md", "Metrics");
    List<String> expected = new ArrayList<>();
    for (Counter metric : Counter.values()) {
      expected.add(metric.label + " " + metric.unit);
    }
    for (Reason reason : Reason.values()) {
      expected.add(reason.metric() + " Count");
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
                .map(reason -> reason.name() + " " + reason.metric())
                .toList());
    assertThat(rows).allSatisfy(row -> assertThat(row.get(3)).isNotBlank());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runbook.md",
        "deploy.md",
        "metrics.md",
        "permissions.md",
        "licences.md",
        "choosing.md",
        "sources.md"
      })
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

  @Test
  void connectionPage_ofEachProblem_hasTypeAndStatus() {
    Map<String, String> statuses = new TreeMap<>();
    for (List<String> row : Template.rows("docs/connection.md", "Errors")) {
      for (String type : row.getFirst().split(", ", -1)) {
        statuses.put(type, row.get(1));
      }
    }
    Map<String, String> expected = new TreeMap<>();
    for (Problem problem : Problem.values()) {
      JsonNode body = JsonMapper.shared().readTree(problem.reply().body());
      expected.put(
          body.get("type").asString().substring("urn:sentry-broadcast:problem:".length()),
          body.get("status").asString());
    }

    assertThat(statuses).isEqualTo(expected);
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
