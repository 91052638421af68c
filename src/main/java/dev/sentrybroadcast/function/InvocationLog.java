package dev.sentrybroadcast.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sentrybroadcast.delivery.BatchReport;
import dev.sentrybroadcast.delivery.Counter;
import dev.sentrybroadcast.delivery.ReturnedMessage;
import dev.sentrybroadcast.function.Settings.LogLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

  private static final JsonFactory JSON = new JsonFactory();
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
        fields(
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
    write(LogLevel.ERROR, what, fields("kind", failure.getClass().getName(), "stack", stack));
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
        fields("call", call, "status", status, "durationMillis", durationMillis, "caller", caller));
  }

  /** Writes the line with the metrics, at every log level. */
  void done(BatchReport report, long durationMillis, boolean coldStart) {
    Map<String, @Nullable Object> fields =
        fields("durationMillis", durationMillis, "coldStart", coldStart);
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
    Map<String, Object> directive =
        Map.of(
            "Namespace",
            NAMESPACE,
            "Dimensions",
            List.of(List.of("service", "function")),
            "Metrics",
            definitions);
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

  private static Map<String, @Nullable Object> fields(@Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return fields;
  }

  private void write(LogLevel level, String message, Map<String, @Nullable Object> fields) {
    if (level.compareTo(settings.logLevel()) < 0 && !fields.containsKey(METRICS)) {
      return;
    }
    Map<String, @Nullable Object> line =
        fields(
            "timestamp", clock.instant().toString(),
            "level", level.name(),
            "message", message,
            "function", function,
            "requestId", requestId);
    line.putAll(fields);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      write(json, line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytes.write('\n');
    output.accept(bytes.toByteArray());
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    switch (value) {
      case Map<?, ?> fields -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> field : fields.entrySet()) {
          json.writeFieldName((String) field.getKey());
          write(json, field.getValue());
        }
        json.writeEndObject();
      }
      case List<?> elements -> {
        json.writeStartArray();
        for (Object element : elements) {
          write(json, element);
        }
        json.writeEndArray();
      }
      case null, default -> json.writeObject(value);
    }
  }
}
