package dev.sentrybroadcast.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import dev.sentrybroadcast.delivery.BatchReport;
import dev.sentrybroadcast.delivery.Counter;
import dev.sentrybroadcast.delivery.ReturnedMessage;
import dev.sentrybroadcast.function.Settings.LogLevel;
import dev.sentrybroadcast.sentry.Json;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The log of one invocation, and the only class that writes logs: one JSON object per line. Lines
 * hold ids, counts, reasons and kinds of failures; never content, a key or a DSN.
 *
 * <p>Metrics without a library: the last line is in CloudWatch's embedded metric format. <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Specification</a>
 */
final class InvocationLog {

  private static final String METRICS = "_aws";

  /** Of the metrics. */
  static final String NAMESPACE = "SentryBroadcast";

  private final Consumer<byte[]> output;
  private final String function;
  private final String requestId;
  private final Settings settings;
  private final InstantSource clock;

  /**
   * A log whose lines go to {@code output}.
   *
   * @param context null outside of an invocation
   */
  InvocationLog(
      Consumer<byte[]> output, @Nullable Context context, Settings settings, InstantSource clock) {
    this.output = output;
    function = context == null ? "" : context.getFunctionName();
    requestId = context == null ? "" : context.getAwsRequestId();
    this.settings = settings;
    this.clock = clock;
  }

  static InvocationLog of(Context context, Settings settings, InstantSource clock) {
    // As bytes: Lambda would wrap text in a JSON object of its own and not see the metrics in it.
    return new InvocationLog(context.getLogger()::log, context, settings, clock);
  }

  /** A log for SnapStart's hooks, which run outside of an invocation. */
  static InvocationLog ofHooks(Settings settings, InstantSource clock) {
    return new InvocationLog(LambdaRuntime.getLogger()::log, null, settings, clock);
  }

  /** Writes a line for a message that is returned to the queue. */
  void returned(ReturnedMessage message) {
    write(
        message.reason() == ReturnedMessage.Reason.BUG ? LogLevel.ERROR : LogLevel.WARN,
        "message returned",
        Json.fields(
            "messageId", message.messageId(),
            "reason", message.reason().name(),
            "detail", message.detail()));
  }

  void warn(String notice) {
    write(LogLevel.WARN, notice, Map.of());
  }

  /** Writes the class and the stack of a throwable. Its message may quote content. */
  void failed(String what, Throwable failure) {
    List<String> stack = Stream.of(failure.getStackTrace()).map(Object::toString).toList();
    write(LogLevel.ERROR, what, Json.fields("kind", failure.getClass().getName(), "stack", stack));
  }

  /**
   * Writes a line for a call of the HTTP function.
   *
   * @param caller ARN of the caller; null if the call came without IAM
   */
  void called(String call, int status, long durationMillis, @Nullable String caller) {
    write(
        status < 500 ? LogLevel.INFO : LogLevel.ERROR,
        "call answered",
        Json.fields(
            "call", call,
            "status", status,
            "durationMillis", durationMillis,
            "caller", caller));
  }

  /** Writes the line with the metrics, at every log level. */
  void done(BatchReport report, long durationMillis, boolean coldStart) {
    Map<String, @Nullable Object> fields =
        Json.fields("durationMillis", durationMillis, "coldStart", coldStart);
    if (!report.corrections().isEmpty()) {
      fields.put("corrections", new TreeMap<>(report.corrections()));
    }
    List<Map<String, String>> definitions = new ArrayList<>();
    for (Counter metric : Counter.values()) {
      if (hasValue(metric, report)) {
        fields.put(metric.label, report.count(metric));
        definitions.add(Map.of("Name", metric.label, "Unit", metric.unit));
      }
    }
    report
        .returnedByReason()
        .forEach((reason, count) -> {
          fields.put(reason.metric(), count);
          definitions.add(Map.of("Name", reason.metric(), "Unit", "Count"));
        });
    fields.put("service", settings.serviceName());
    Map<String, @Nullable Object> directive =
        Json.fields(
            "Namespace", NAMESPACE,
            "Dimensions", List.of(List.of("service", "function")),
            "Metrics", definitions);
    fields.put(
        METRICS, Map.of("Timestamp", clock.millis(), "CloudWatchMetrics", List.of(directive)));
    write(LogLevel.INFO, "batch done", fields);
  }

  /** Whether there is a value: a latency needs a request, an age needs a record. */
  private static boolean hasValue(Counter metric, BatchReport report) {
    return switch (metric) {
      case EXPORT_MILLIS, REQUEST_BYTES -> report.count(Counter.REQUESTS) > 0;
      case OLDEST_RECORD_MILLIS -> report.count(Counter.EXPORTED) > 0;
      default -> true;
    };
  }

  private void write(LogLevel level, String message, Map<String, @Nullable Object> fields) {
    if (level.compareTo(settings.logLevel()) < 0 && !fields.containsKey(METRICS)) {
      return;
    }
    Map<String, @Nullable Object> line =
        Json.fields(
            "timestamp", clock.instant().toString(),
            "level", level.name(),
            "message", message,
            "function", function,
            "requestId", requestId);
    line.putAll(fields);
    output.accept((Json.of(line) + '\n').getBytes(StandardCharsets.UTF_8));
  }
}
