package dev.sentrybroadcast.genai;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The dashboard and monitors of docs/sentry name attributes that are sent, in the form that
 * Sentry's API takes.
 *
 * @see <a href="https://docs.sentry.io/api/dashboards/">Dashboards</a>
 * @see <a href="https://docs.sentry.io/api/monitors/create-a-monitor-for-a-project">Monitors</a>
 */
final class SentryFilesTest {

  private static final Path FOLDER = Path.of("docs", "sentry");

  /** What Sentry makes of a span by itself. */
  private static final Set<String> BY_SENTRY = Set.of("gen_ai.operation.type", "span.duration");

  private static final Pattern NAME = Pattern.compile("[a-z_]+(?:\\.[a-z_]+)+");
  private static final String AGGREGATE = "(?:sum|p50|p95|count|failure_rate)\\([a-z_.]*\\)";
  private static final Pattern FUNCTION =
      Pattern.compile("(?:equation\\|" + AGGREGATE + " / )?" + AGGREGATE);

  static List<Path> monitors() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve("monitors"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void dashboard_namesAttributesThatAreSent() throws IllegalAccessException {
    assertThat(names(dashboard().toString())).isSubsetOf(known());
  }

  @Test
  void dashboard_eachWidget_isComplete() {
    JsonNode widgets = dashboard().get("widgets");
    assertThat(widgets.size()).isBetween(1, 30);
    for (JsonNode widget : widgets) {
      String title = widget.get("title").stringValue();
      assertThat(title).isNotBlank().hasSizeLessThanOrEqualTo(255);
      assertThat(widget.get("displayType").stringValue())
          .as(title)
          .isIn("big_number", "bar", "line", "table");
      assertThat(widget.get("widgetType").stringValue()).as(title).isEqualTo("spans");
      assertThat(widget.path("limit").asInt(1)).as(title).isBetween(1, 10);
      JsonNode query = widget.get("queries").get(0);
      List<String> fields = texts(query.get("columns"));
      fields.addAll(texts(query.get("aggregates")));
      assertThat(texts(query.get("fields"))).as(title).isEqualTo(fields);
      assertThat(texts(query.get("aggregates"))).as(title).isNotEmpty().allMatch(this::isFunction);
      assertThat(query.get("conditions").stringValue()).as(title).contains("gen_ai.operation.type");
      String order = query.get("orderby").stringValue();
      assertThat(order.isEmpty() || fields.contains(order.substring(1))).as(title).isTrue();
    }
  }

  @Test
  void dashboard_widgets_doNotOverlap() {
    Set<String> taken = new TreeSet<>();
    for (JsonNode widget : dashboard().get("widgets")) {
      JsonNode layout = widget.get("layout");
      int right = layout.get("x").intValue() + layout.get("w").intValue();
      assertThat(right).isLessThanOrEqualTo(6);
      assertThat(layout.get("minH").intValue()).isPositive();
      for (int x = layout.get("x").intValue(); x < right; x++) {
        int below = layout.get("y").intValue() + layout.get("h").intValue();
        for (int y = layout.get("y").intValue(); y < below; y++) {
          assertThat(taken.add(x + "/" + y)).as(widget.get("title").stringValue()).isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("monitors")
  void monitor_isCompleteAndNamesAttributesThatAreSent(Path file) throws IllegalAccessException {
    JsonNode monitor = read(file);
    assertThat(monitor.get("name").stringValue()).isNotBlank();
    assertThat(monitor.get("type").stringValue()).isEqualTo("metric_issue");
    JsonNode source = monitor.get("dataSources").get(0);
    assertThat(source.get("dataset").stringValue()).isEqualTo("events_analytics_platform");
    assertThat(texts(source.get("eventTypes"))).containsExactly("trace_item_span");
    assertThat(source.get("timeWindow").intValue()).isPositive();
    assertThat(isFunction(source.get("aggregate").stringValue())).isTrue();
    assertThat(names(source.get("aggregate").stringValue() + source.get("query").stringValue()))
        .isNotEmpty()
        .isSubsetOf(known());
    JsonNode conditions = monitor.get("conditionGroup").get("conditions");
    if (monitor.get("config").get("detectionType").stringValue().equals("static")) {
      assertThat(conditions.size()).isEqualTo(3);
      double high = condition(conditions.get(0), "gt", 75);
      double low = condition(conditions.get(1), "gt", 50);
      assertThat(high).isGreaterThan(low);
      assertThat(condition(conditions.get(2), "lte", 0)).isEqualTo(low);
    } else {
      assertThat(conditions.get(0).get("type").stringValue()).isEqualTo("anomaly_detection");
    }
  }

  private static double condition(JsonNode condition, String type, int priority) {
    assertThat(condition.get("type").stringValue()).isEqualTo(type);
    assertThat(condition.get("conditionResult").intValue()).isEqualTo(priority);
    return condition.get("comparison").doubleValue();
  }

  private boolean isFunction(String text) {
    return FUNCTION.matcher(text).matches();
  }

  private static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    NAME.matcher(text).results().map(MatchResult::group).forEach(names::add);
    return names;
  }

  private static Set<String> known() throws IllegalAccessException {
    Set<String> known = new TreeSet<>(BY_SENTRY);
    for (Field field : SpanAttributes.class.getDeclaredFields()) {
      if (!Modifier.isPrivate(field.getModifiers())
          && field.get(null) instanceof AttributeKey<?> key) {
        known.add(key.getKey());
      }
    }
    return known;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.stringValue()));
    return texts;
  }

  private static JsonNode dashboard() {
    return read(FOLDER.resolve("dashboard.json"));
  }

  private static JsonNode read(Path file) {
    return JsonMapper.shared().readTree(file);
  }
}
