package dev.sentrybroadcast.function;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.local.Reply;
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

  /** Metric of ours to what provokes it, given a function that has delivered a batch. */
  private static final Map<String, Consumer<LocalCloud>> TROUBLE =
      Map.of(
          "AuthRejected",
          cloud -> cloud.sentry.refuse(LocalCloud.KEY),
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
  private static final Map<String, Map<String, String>> OF_AWS =
      Map.of(
          "AWS/SQS ApproximateNumberOfMessagesVisible",
          Map.of("QueueName", "GenerationDeadLetterQueue.QueueName"),
          "AWS/SQS ApproximateAgeOfOldestMessage",
          Map.of("QueueName", "GenerationQueue.QueueName"),
          "AWS/Lambda Errors",
          Map.of("FunctionName", "BroadcastFunction"),
          "AWS/Lambda Throttles",
          Map.of("FunctionName", "BroadcastFunction"),
          "AWS/Lambda Duration",
          Map.of("FunctionName", "BroadcastFunction"));

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
    Map<String, Map<String, String>> watched = new TreeMap<>();
    ALARMS.forEach((name, alarm) -> {
      if (!isOurs(name)) {
        watched.put(
            alarm.get("Namespace").asString() + " " + alarm.get("MetricName").asString(),
            dimensions(alarm));
      }
    });

    assertThat(watched).isEqualTo(OF_AWS);
  }

  @Test
  void alarms_eachOfThem_tellTheTopicAndKeepQuietWithoutData() {
    assertThat(ALARMS.values())
        .allSatisfy(alarm -> {
          assertThat(alarm.get("TreatMissingData").asString()).isEqualTo("notBreaching");
          assertThat(alarm.get("AlarmActions").toString()).contains("AlarmTopicArn");
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
    LocalCloud.invoke(function, LocalCloud.event(LocalCloud.generation(id)), context);
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
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static boolean isOurs(String alarm) {
    return Template.properties(alarm).get("Namespace").asString().equals(InvocationLog.NAMESPACE);
  }

  private static Map<String, String> dimensions(JsonNode alarm) {
    Map<String, String> dimensions = new TreeMap<>();
    for (JsonNode dimension : alarm.get("Dimensions")) {
      dimensions.put(dimension.get("Name").asString(), dimension.get("Value").asString());
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
