package dev.sentrybroadcast.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sentrybroadcast.delivery.BatchReport;
import dev.sentrybroadcast.delivery.ReturnedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The log of one invocation, and the one class that writes logs: a JSON object per line. Lines say
 * ids, counts, reasons and kinds of failures; never content, a key or a DSN.
 *
 * <p>The last line is in the embedded metric format too, so that CloudWatch makes metrics of it: a
 * page of code in place of a library, whose start would cost more than all of this. <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Specification</a>
 */
final class InvocationLog {

  private static final JsonFactory JSON = new JsonFactory();

  private final LambdaLogger logger;
  private final LogLevel least;
  private final InstantSource clock;
  private final String service;
  private final @Nullable String function;
  private final @Nullable String requestId;

  InvocationLog(Context context, LogLevel least, String service, InstantSource clock) {
    this.logger = context.getLogger();
    this.least = least;
    this.clock = clock;
    this.service = service;
    this.function = context.getFunctionName();
    this.requestId = context.getAwsRequestId();
  }

  /** A line per message that goes back to the queue. */
  void returned(ReturnedMessage message) {
    line(
        message.reason() == ReturnedMessage.Reason.BUG ? LogLevel.ERROR : LogLevel.WARN,
        "message returned",
        json -> {
          json.writeStringField("messageId", message.messageId());
          json.writeStringField("reason", message.reason().name());
          json.writeStringField("detail", message.detail());
        });
  }

  void warn(String notice) {
    line(LogLevel.WARN, notice, _ -> {});
  }

  /** A throwable as its kind and its frames: its message may quote what it was about. */
  void failed(String what, Throwable failure) {
    line(
        LogLevel.ERROR,
        what,
        json -> {
          json.writeStringField("kind", failure.getClass().getName());
          json.writeArrayFieldStart("stack");
          for (StackTraceElement frame : failure.getStackTrace()) {
            json.writeString(frame.toString());
          }
          json.writeEndArray();
        });
  }

  /**
   * A line per call of the HTTP function.
   *
   * @param caller ARN of who called; null when the call came without IAM
   */
  void called(String call, int status, long durationMillis, @Nullable String caller) {
    line(
        status < 500 ? LogLevel.INFO : LogLevel.ERROR,
        "call answered",
        json -> {
          json.writeStringField("call", call);
          json.writeNumberField("status", status);
          json.writeNumberField("durationMillis", durationMillis);
          json.writeStringField("caller", caller);
        });
  }

  /** The invocation's own line; at each level, because the metrics are in it. */
  void done(BatchReport report, long durationMillis, boolean coldStart) {
    write(
        LogLevel.INFO,
        "batch done",
        json -> {
          json.writeNumberField("durationMillis", durationMillis);
          json.writeBooleanField("coldStart", coldStart);
          corrections(json, report.corrections());
          metrics(json, report);
        });
  }

  private static void corrections(JsonGenerator json, Map<String, Integer> corrections)
      throws IOException {
    if (corrections.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("corrections");
    for (Map.Entry<String, Integer> correction : new TreeMap<>(corrections).entrySet()) {
      json.writeNumberField(correction.getKey(), correction.getValue());
    }
    json.writeEndObject();
  }

  private void metrics(JsonGenerator json, BatchReport report) throws IOException {
    Map<ReturnedMessage.Reason, Long> reasons = report.returnedByReason();
    for (Metric metric : Metric.values()) {
      if (metric.isIn(report)) {
        json.writeNumberField(metric.label, metric.of(report));
      }
    }
    for (Map.Entry<ReturnedMessage.Reason, Long> entry : reasons.entrySet()) {
      json.writeNumberField(Metric.returnedFor(entry.getKey()), entry.getValue());
    }
    json.writeStringField("service", service);
    json.writeObjectFieldStart("_aws");
    json.writeNumberField("Timestamp", clock.millis());
    json.writeArrayFieldStart("CloudWatchMetrics");
    json.writeStartObject();
    json.writeStringField("Namespace", Metric.NAMESPACE);
    json.writeArrayFieldStart("Dimensions");
    json.writeStartArray();
    json.writeString("service");
    json.writeString("function");
    json.writeEndArray();
    json.writeEndArray();
    json.writeArrayFieldStart("Metrics");
    for (Metric metric : Metric.values()) {
      if (metric.isIn(report)) {
        definition(json, metric.label, metric.unit);
      }
    }
    for (ReturnedMessage.Reason reason : reasons.keySet()) {
      definition(json, Metric.returnedFor(reason), "Count");
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void definition(JsonGenerator json, String name, String unit) throws IOException {
    json.writeStartObject();
    json.writeStringField("Name", name);
    json.writeStringField("Unit", unit);
    json.writeEndObject();
  }

  private void line(LogLevel level, String message, Fields fields) {
    if (level.compareTo(least) >= 0) {
      write(level, message, fields);
    }
  }

  private void write(LogLevel level, String message, Fields fields) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("timestamp", clock.instant().toString());
      json.writeStringField("level", level.name());
      json.writeStringField("message", message);
      json.writeStringField("function", function == null ? "" : function);
      json.writeStringField("requestId", requestId == null ? "" : requestId);
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    line.write('\n');
    // As bytes: text would be wrapped into a JSON object of Lambda's own, and its metrics not seen.
    logger.log(line.toByteArray());
  }

  /** What a line has beside what every line has. */
  @FunctionalInterface
  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }
}
