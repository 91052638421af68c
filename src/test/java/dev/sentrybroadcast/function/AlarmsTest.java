package dev.sentrybroadcast.function;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.local.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** That each alarm watches a metric that is there when its trouble is: name, dimensions, value. */
final class AlarmsTest {

  private static final Map<String, JsonNode> ALARMS = Template.ofType("AWS::CloudWatch::Alarm");

  /** {@code partial_success { rejected_spans: 3 }}. */
  private static final Reply REJECTING = Reply.answer(200, "\n\u0002\u0008\u0003");

  /** Metric of ours to what provokes it, given a function that has delivered a batch. */
  private static final Map<String, Consumer<LocalCloud>> TROUBLE =
      Map.of(
          "ReturnedAuthRejected",
          cloud -> cloud.sentry.refuse(LocalCloud.KEY),
          "RejectedSpans",
          cloud -> cloud.sentry.replyNext(REJECTING),
          "IssuesFailed",
          AlarmsTest::failIssues,
          "RateLimitedSeconds",
          cloud -> cloud.sentry.replyNext(Reply.status(429, "Retry-After", "60")),
          "LastGoodServed",
          cloud -> cloud.secrets.fail(true),
          "Returned",
          cloud -> cloud.sentry.stop());

  /**
   * Metrics of AWS to the property that their dimension names. <a
   * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html">SQS</a>,
   * <a href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html">Lambda</a>
   */
  private static final Map<String, String> OF_AWS =
      Map.of(
          "AWS/SQS ApproximateNumberOfMessagesVisible",
          "QueueName GenerationDeadLetterQueue.QueueName",
          "AWS/SQS ApproximateNumberOfMessagesNotVisible",
          "QueueName GenerationDeadLetterQueue.QueueName",
          "AWS/SQS ApproximateAgeOfOldestMessage",
          "QueueName GenerationQueue.QueueName",
          "AWS/Lambda Errors of BroadcastFunction",
          "FunctionName BroadcastFunction",
          "AWS/Lambda Errors of ConnectionFunction",
          "FunctionName ConnectionFunction",
          "AWS/Lambda Throttles",
          "FunctionName BroadcastFunction",
          "AWS/Lambda Duration",
          "FunctionName BroadcastFunction",
          "AWS/ApiGateway 5XXError",
          "ApiName ${AWS::StackName}-intake, Stage live");

  private LocalCloud cloud;

  @BeforeEach
  void startCloud() {
    cloud = new LocalCloud();
  }

  @AfterEach
  void stopCloud() {
    cloud.close();
  }

  static List<String> ours() {
    return ALARMS.keySet().stream().filter(AlarmsTest::isOurs).toList();
  }

  @ParameterizedTest
  @MethodSource("ours")
  void alarm_onAMetricOfOurs_breachesByTheTroubleAndNotWithoutIt(String name) {
    JsonNode alarm = Template.properties(name);
    String metric = alarm.get("MetricName").asString();
    BroadcastFunction function =
        cloud.function(
            Map.of("DESTINATION_CACHE_SECONDS", "0", "SERVICE_NAME", parameter("ServiceName")));

    Emitted well = emitted(function, "well", metric);
    requireNonNull(TROUBLE.get(metric)).accept(cloud);
    Emitted ill = emitted(function, "ill", metric);

    assertThat(alarm.get("ComparisonOperator").asString()).isEqualTo("GreaterThanThreshold");
    assertThat(well.value()).isLessThanOrEqualTo(alarm.get("Threshold").asLong());
    assertThat(ill.value()).isGreaterThan(alarm.get("Threshold").asLong());
    assertThat(ill.namespace()).isEqualTo(alarm.get("Namespace").asString());
    assertThat(ill.dimensions()).isEqualTo(dimensionsInTheTest(alarm));
  }

  @Test
  void alarms_onOurMetrics_eachHasItsTrouble() {
    assertThat(ours().stream().map(name -> Template.properties(name).get("MetricName").asString()))
        .containsExactlyInAnyOrderElementsOf(TROUBLE.keySet());
  }

  @Test
  void alarms_onMetricsOfAws_nameThoseThatAwsEmits() {
    Map<String, String> watched = new TreeMap<>();
    ALARMS.forEach((name, alarm) -> {
      if (alarm.has("Metrics")) {
        alarm.at("/Metrics").forEach(query -> watch(query.at("/MetricStat/Metric"), watched));
      } else if (!isOurs(name)) {
        watch(alarm, watched);
      }
    });

    assertThat(watched).isEqualTo(OF_AWS);
  }

  private static void watch(JsonNode metric, Map<String, String> watched) {
    if (!metric.isMissingNode()) {
      List<String> dimensions = new ArrayList<>();
      dimensions(metric).forEach((name, value) -> dimensions.add(name + " " + value));
      String metricName = metric.get("MetricName").asString();
      String of =
          metricName.equals("Errors") ? " of " + dimensions(metric).get("FunctionName") : "";
      watched.put(
          metric.get("Namespace").asString() + " " + metricName + of,
          String.join(", ", dimensions));
    }
  }

  /** One that only looks whether a dead letter is there stays red, and says nothing of the next. */
  @Test
  void newDeadLetters_ofTheirAlarm_areThoseThatWereNotThereBefore() {
    JsonNode alarm = Template.properties("NewDeadLettersAlarm");

    assertThat(alarm.at("/Metrics/0/Expression").asString())
        .isEqualTo("DIFF(FILL(visible, 0) + FILL(hidden, 0))");
    assertThat(alarm.at("/Metrics").valueStream().skip(1))
        .allSatisfy(query -> {
          assertThat(query.get("ReturnData").asBoolean()).isFalse();
          assertThat(query.at("/MetricStat/Period").asInt()).isEqualTo(60);
        });
  }

  @Test
  void alarms_eachOfThem_tellTheTopicAndKeepQuietWithoutData() {
    assertThat(ALARMS.values())
        .allSatisfy(alarm -> {
          assertThat(alarm.get("TreatMissingData").asString()).isEqualTo("notBreaching");
          assertThat(alarm.get("AlarmActions").toString()).contains("AlarmTopicArn");
          assertThat(alarm.get("OKActions")).isEqualTo(alarm.get("AlarmActions"));
        });
  }

  @Test
  void duration_ofItsAlarm_isNearTheTimeout() {
    int timeoutMillis = 1000 * Template.ROOT.at("/Globals/Function/Timeout").asInt();

    assertThat(Template.properties("DurationAlarm").get("Threshold").asInt())
        .isBetween(timeoutMillis * 7 / 10, timeoutMillis - 1);
  }

  @Test
  void returned_periodOfItsAlarm_holdsAReceiveOfWhatKeepsComingBack() {
    assertThat(Template.properties("ReturnedAlarm").get("Period").asInt())
        .isGreaterThan(
            Template.properties("GenerationQueue").get("VisibilityTimeout").asInt()
                + Template.ROOT.at("/Parameters/BatchWindowSeconds/Default").asInt());
  }

  @Test
  void alarms_eachOfThem_haveTheirSectionInTheRunbook() {
    List<String> sections =
        Template.text("docs/runbook.md")
            .lines()
            .filter(line -> line.startsWith("### ") && line.endsWith("Alarm"))
            .map(line -> line.substring(4))
            .toList();

    assertThat(sections).containsExactlyInAnyOrderElementsOf(ALARMS.keySet());
    assertThat(sections)
        .allSatisfy(section -> {
          String text = Template.text("docs/runbook.md").split("### " + section + "\n", -1)[1];
          assertThat(text.substring(0, text.indexOf("\n##")))
              .contains("**Means**", "**Look**", "**Do**");
        });
  }

  /** What CloudWatch would make of a line, of one metric. */
  private record Emitted(String namespace, Map<String, String> dimensions, long value) {}

  private static Emitted emitted(BroadcastFunction function, String id, String metric) {
    InvocationContext context = new InvocationContext(30_000);
    LocalCloud.invoke(function, LocalCloud.event(LocalCloud.generation(id), failed(id)), context);
    List<Emitted> found = new ArrayList<>();
    for (String text : context.lines()) {
      JsonNode line = JsonMapper.shared().readTree(text);
      for (JsonNode directive : line.at("/_aws/CloudWatchMetrics")) {
        for (JsonNode definition : directive.get("Metrics")) {
          if (definition.get("Name").asString().equals(metric)) {
            assertThat(directive.get("Dimensions")).hasSize(1);
            Map<String, String> dimensions = new TreeMap<>();
            for (JsonNode dimension : directive.get("Dimensions").get(0)) {
              dimensions.put(dimension.asString(), line.get(dimension.asString()).asString());
            }
            found.add(
                new Emitted(
                    directive.get("Namespace").asString(), dimensions, line.get(metric).asLong()));
          }
        }
      }
    }
    // Those of a reason for returned messages are there only when it occurred.
    return found.isEmpty() ? new Emitted("", Map.of(), 0) : found.getFirst();
  }

  /** One that ended just now: an old one opens no issue. */
  private static String failed(String id) {
    return """
    {"schema": "generation/v1", "id": "failed-%s", "ended_at": "%s", "request": {"model": "gpt-4o"},
     "error": {"type": "server_error", "message": "Too many requests"}}
    """
        .formatted(id, Instant.now());
  }

  /** The spans of a failed generation arrive, its issue does not. */
  private static void failIssues(LocalCloud cloud) {
    cloud.secrets.put(
        LocalCloud.PREFIX + "default",
        cloud
            .sentry
            .destinationJson(LocalCloud.KEY, LocalCloud.PROJECT, true)
            .replace("{", "{\"issues\": true, "));
    cloud.sentry.replyBy(
        request -> request.path().contains("/envelope") ? Reply.status(503) : Reply.asRelay());
  }

  private static boolean isOurs(String alarm) {
    return Template.properties(alarm)
        .path("Namespace")
        .asString("")
        .equals(InvocationLog.NAMESPACE);
  }

  private static Map<String, String> dimensions(JsonNode alarm) {
    Map<String, String> dimensions = new TreeMap<>();
    for (JsonNode dimension : alarm.get("Dimensions")) {
      JsonNode value = dimension.get("Value");
      // The second argument of an !If, whose condition holds by default.
      dimensions.put(
          dimension.get("Name").asString(),
          value.isArray() ? value.get(1).asString() : value.asString());
    }
    return dimensions;
  }

  /** As CloudFormation would resolve them, with the function named as the test's context says. */
  private static Map<String, String> dimensionsInTheTest(JsonNode alarm) {
    Map<String, String> names =
        Map.of("ServiceName", parameter("ServiceName"), "BroadcastFunction", "broadcast");
    Map<String, String> dimensions = dimensions(alarm);
    assertThat(Set.copyOf(dimensions.values())).isEqualTo(names.keySet());
    dimensions.replaceAll((_, reference) -> names.get(reference));
    return dimensions;
  }

  private static String parameter(String name) {
    return Template.ROOT.path("Parameters").path(name).get("Default").asString();
  }
}
