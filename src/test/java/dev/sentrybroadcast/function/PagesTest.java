package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.connection.Problem;
import dev.sentrybroadcast.delivery.Counter;
import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** That the operator's pages say what is so. */
final class PagesTest {

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

  @Test
  void settingsPage_hasTheNamesAndDefaultsOfTheCode() {
    Map<String, String> defaults = new LinkedHashMap<>();
    for (List<String> row : Template.rows("docs/settings.md", "Settings")) {
      defaults.put(row.getFirst(), row.get(1));
    }

    assertThat(defaults.keySet()).containsExactlyElementsOf(SettingNames.ALL);
    assertThat(Settings.from(defaults).toString()).isEqualTo(Settings.from(Map.of()).toString());
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
}
