package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sentrybroadcast.delivery.BatchReport;
import dev.sentrybroadcast.delivery.Counter;
import dev.sentrybroadcast.delivery.ReturnedMessage;
import dev.sentrybroadcast.delivery.ReturnedMessage.Reason;
import dev.sentrybroadcast.function.Settings.LogLevel;
import dev.sentrybroadcast.intake.QueuedMessage;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class InvocationLogTest {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private final InvocationContext context = new InvocationContext(10_000);

  @Test
  void done_report_isOneLineInTheEmbeddedMetricFormat() {
    log(LogLevel.INFO).done(report(), 42, true);

    JsonNode line = onlyLine();
    assertThat(line.get("timestamp").asString()).isEqualTo("2026-11-20T12:00:00Z");
    assertThat(line.get("level").asString()).isEqualTo("INFO");
    assertThat(line.get("requestId").asString()).isEqualTo("request-1");
    assertThat(line.get("durationMillis").asInt()).isEqualTo(42);
    assertThat(line.get("coldStart").asBoolean()).isTrue();
    assertThat(line.get("Received").asInt()).isEqualTo(9);
    assertThat(line.get("Exported").asInt()).isEqualTo(4);
    assertThat(line.get("DestinationAge").asInt()).isEqualTo(7_000);
    assertThat(line.get("ReturnedMalformed").asInt()).isEqualTo(2);
    assertThat(line.get("ReturnedRateLimited").asInt()).isEqualTo(1);
    assertThat(line.has("ReturnedBug")).isFalse();
    assertThat(line.get("Corrected").asInt()).isEqualTo(3);
    assertThat(line.get("corrections").toString())
        .isEqualTo("{\"request.seed\":1,\"usage.input\":2}");

    JsonNode aws = line.get("_aws");
    assertThat(aws.get("Timestamp").asLong()).isEqualTo(NOW.toEpochMilli());
    JsonNode directive = aws.get("CloudWatchMetrics").get(0);
    assertThat(directive.get("Namespace").asString()).isEqualTo("SentryBroadcast");
    assertThat(directive.get("Dimensions").toString()).isEqualTo("[[\"service\",\"function\"]]");
    assertThat(line.get("service").asString()).isEqualTo("the-service");
    assertThat(line.get("function").asString()).isEqualTo("broadcast");
    for (JsonNode metric : directive.get("Metrics")) {
      assertThat(line.get(metric.get("Name").asString()).isNumber()).isTrue();
    }
  }

  @Test
  void done_eachMetric_hasAValueAndAUnit() {
    log(LogLevel.INFO).done(report(), 1, false);

    Set<String> defined = new HashSet<>();
    for (JsonNode metric : onlyLine().at("/_aws/CloudWatchMetrics/0/Metrics")) {
      defined.add(metric.get("Name").asString());
      assertThat(metric.get("Unit").asString()).isIn("Count", "Bytes", "Milliseconds", "Seconds");
    }
    assertThat(defined)
        .containsAll(Arrays.stream(Counter.values()).map(metric -> metric.label).toList());
  }

  @Test
  void done_nothingSent_leavesOutWhatHasNoValue() {
    log(LogLevel.INFO).done(reportOf(0, 0, List.of()), 1, false);

    JsonNode line = onlyLine();
    assertThat(line.has("ExportLatency")).isFalse();
    assertThat(line.has("OldestRecordAge")).isFalse();
    assertThat(line.get("Requests").asInt()).isZero();
  }

  @Test
  void done_batchReturnedByABug_countsEachMessageAndQuotesNothing() {
    BatchReport report =
        BatchReport.ofBug(
            List.of(new QueuedMessage("m1", "a-body", 0, "handle", null)),
            new IllegalStateException("the-message"));
    report.returned().forEach(log(LogLevel.INFO)::returned);
    log(LogLevel.INFO).done(report, 1, false);

    assertThat(context.lines()).hasSize(2);
    JsonNode line = JsonMapper.shared().readTree(context.lines().getLast());
    assertThat(line.get("Received").asInt()).isEqualTo(1);
    assertThat(line.get("Returned").asInt()).isEqualTo(1);
    assertThat(line.get("ReturnedBug").asInt()).isEqualTo(1);
    String all = String.join("", context.lines());
    assertThat(all.contains("the-message") || all.contains("a-body")).isFalse();
  }

  @Test
  void done_levelError_isWrittenAllTheSame() {
    log(LogLevel.ERROR).done(report(), 1, false);

    assertThat(context.lines()).hasSize(1);
  }

  @Test
  void returned_message_saysIdAndReason() {
    log(LogLevel.INFO)
        .returned(new ReturnedMessage("m1", Reason.MALFORMED, "malformed: $: expected a JSON object"));

    JsonNode line = onlyLine();
    assertThat(line.get("level").asString()).isEqualTo("WARN");
    assertThat(line.get("messageId").asString()).isEqualTo("m1");
    assertThat(line.get("reason").asString()).isEqualTo("MALFORMED");
    assertThat(line.get("detail").asString()).isEqualTo("malformed: $: expected a JSON object");
  }

  @Test
  void line_belowTheLevel_isNotWritten() {
    log(LogLevel.ERROR).warn("a notice");
    log(LogLevel.ERROR).returned(new ReturnedMessage("m1", Reason.UNAVAILABLE, ""));

    assertThat(context.lines()).isEmpty();
  }

  @Test
  void failed_throwable_saysKindAndFramesAndNotItsMessage() {
    log(LogLevel.INFO).failed("broken", new IllegalStateException("the-message"));

    JsonNode line = onlyLine();
    assertThat(line.get("kind").asString()).isEqualTo("java.lang.IllegalStateException");
    assertThat(line.get("stack").get(0).asString()).contains("InvocationLogTest");
    assertThat(context.lines().getFirst().contains("the-message")).isFalse();
  }

  private InvocationLog log(LogLevel level) {
    return InvocationLog.of(
        context,
        Settings.from(Map.of("LOG_LEVEL", level.name(), "SERVICE_NAME", "the-service")),
        () -> NOW);
  }

  private JsonNode onlyLine() {
    assertThat(context.lines()).hasSize(1);
    String line = context.lines().getFirst();
    assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
    return JsonMapper.shared().readTree(line);
  }

  private static BatchReport report() {
    return reportOf(
        2,
        4,
        List.of(
            new ReturnedMessage("m1", Reason.MALFORMED, ""),
            new ReturnedMessage("m2", Reason.MALFORMED, ""),
            new ReturnedMessage("m3", Reason.RATE_LIMITED, "")));
  }

  private static BatchReport reportOf(int requests, int exported, List<ReturnedMessage> returned) {
    Map<Counter, Long> counts = new EnumMap<>(Counter.class);
    counts.put(Counter.RECEIVED, 9L);
    counts.put(Counter.EXPORTED, (long) exported);
    counts.put(Counter.REQUESTS, (long) requests);
    counts.put(Counter.DESTINATION_MILLIS, 7_000L);
    counts.put(Counter.CORRECTED, 3L);
    return new BatchReport(
        returned, counts, Map.of("usage.input", 2, "request.seed", 1), List.of());
  }
}
