package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.delivery.Counter;
import dev.sentrybroadcast.delivery.ReturnedMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** That the dashboard is JSON, and shows metrics that exist. */
final class DashboardTest {

  private static final String BODY =
      Template.properties("Dashboard")
          .at("/DashboardBody/0")
          .asString()
          .replace("${OwnQueueAlarms}", variable("OwnQueueAlarms"))
          .replace("${IntakeAlarm}", variable("IntakeAlarm"));
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z]+)[.}]");
  private static final JsonNode WIDGETS = JsonMapper.shared().readTree(BODY).get("widgets");

  @Test
  void references_ofTheBody_areOfTheTemplate() {
    Set<String> unknown = new TreeSet<>();
    REFERENCE
        .matcher(BODY)
        .results()
        .map(reference -> reference.group(1))
        .filter(name -> !Template.RESOURCES.has(name))
        .filter(name -> !Template.properties("Dashboard").at("/DashboardBody/1").has(name))
        .filter(name -> !Template.ROOT.get("Parameters").has(name))
        .forEach(unknown::add);

    assertThat(unknown).isEmpty();
  }

  @Test
  void metrics_ofOurs_areKnownAndThoseOfAlarmsAreShown() {
    Set<String> known = new TreeSet<>();
    for (Counter metric : Counter.values()) {
      known.add(metric.label);
    }
    Set<String> expected = new TreeSet<>();
    for (ReturnedMessage.Reason reason : ReturnedMessage.Reason.values()) {
      expected.add(reason.metric());
    }
    known.addAll(expected);
    Template.ofType("AWS::CloudWatch::Alarm")
        .forEach((_, alarm) -> {
          if (alarm.path("Namespace").asString("").equals(InvocationLog.NAMESPACE)) {
            expected.add(alarm.get("MetricName").asString());
          }
        });
    Set<String> shown = new TreeSet<>();
    for (JsonNode metric : metrics()) {
      if (metric.get(0).asString().equals(InvocationLog.NAMESPACE)) {
        shown.add(metric.get(1).asString());
        assertThat(texts(metric).subList(2, 6))
            .containsExactly("service", "${ServiceName}", "function", "${BroadcastFunction}");
      }
    }

    assertThat(known).containsAll(shown);
    assertThat(shown).containsAll(expected);
  }

  @Test
  void alarms_ofTheTemplate_areAllShown() {
    List<String> expected =
        Template.ofType("AWS::CloudWatch::Alarm").keySet().stream()
            .map(alarm -> "${" + alarm + ".Arn}")
            .toList();

    assertThat(texts(WIDGETS.get(0).at("/properties/alarms")))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void widgets_onTheirGrid_doNotOverlap() {
    Set<String> taken = new TreeSet<>();
    for (JsonNode widget : WIDGETS) {
      for (int x = 0; x < widget.get("width").asInt(); x++) {
        for (int y = 0; y < widget.get("height").asInt(); y++) {
          int column = widget.get("x").asInt() + x;
          assertThat(column).isLessThan(24);
          assertThat(taken.add(column + " " + (widget.get("y").asInt() + y))).isTrue();
        }
      }
    }
  }

  /** It stands unescaped in the dashboard's JSON. */
  @Test
  void serviceName_ofTheParameter_cannotBreakTheJson() {
    Pattern allowed =
        Pattern.compile(Template.ROOT.at("/Parameters/ServiceName/AllowedPattern").asString());

    assertThat("sentry-broadcast").matches(allowed);
    assertThat("a\"b").doesNotMatch(allowed);
    assertThat("a\\b").doesNotMatch(allowed);
  }

  /** Of the dashboard's own variables, as it is when its condition holds. */
  private static String variable(String name) {
    return Template.properties("Dashboard").at("/DashboardBody/1/" + name + "/1").asString();
  }

  private static List<JsonNode> metrics() {
    List<JsonNode> metrics = new ArrayList<>();
    for (JsonNode widget : WIDGETS) {
      widget.at("/properties/metrics").forEach(metrics::add);
    }
    return metrics;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asString("")));
    return texts;
  }
}
