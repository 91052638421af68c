package dev.sentrybroadcast.genai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.RecordedTrace;
import dev.sentrybroadcast.generation.TelemetryRecord;
import dev.sentrybroadcast.generation.Trace;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The public rule by which ids are derived from a record (docs/spans.md). A redelivery, a replay or
 * a retry sends the same spans, and a producer can predict them.
 */
public record SpanIds(String traceId, String recordId) {

  private static final int TRACE_ID_DIGITS = 32;
  private static final int SPAN_ID_DIGITS = 16;
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  static SpanIds of(TelemetryRecord record) {
    return new SpanIds(traceId(record), record.id());
  }

  /** The record's trace id: 32 lower-case hex digits, never all zero. */
  public static String traceId(TelemetryRecord record) {
    String given =
        switch (record) {
          case Generation generation -> generation.trace().traceId();
          case RecordedTrace trace -> trace.traceId();
        };
    if (given == null || given.isBlank()) {
      return id("generation:" + record.id(), TRACE_ID_DIGITS);
    }
    String id = asTraceId(given);
    return id == null ? id(given, TRACE_ID_DIGITS) : id;
  }

  /** By what a record is sampled: its session, else the trace id that is sent. */
  public static String samplingKey(TelemetryRecord record) {
    String session = record.caller().sessionId();
    return session != null && !session.isBlank() ? session : traceId(record);
  }

  /** The given trace id where only its hash is sent, else null. */
  static @Nullable String textTraceId(@Nullable String given) {
    return given == null || asTraceId(given) != null ? null : given;
  }

  /** The given parent where it can be a span's id, else null. */
  static @Nullable String parentSpanId(Trace trace) {
    String given = trace.parentSpanId();
    String id = given == null ? "" : given.toLowerCase(Locale.ROOT);
    return SpanId.isValid(id) ? id : null;
  }

  /** The id of the error event of a span: 32 hex digits. */
  static String issueEventId(String spanId) {
    return id(spanId + "issue", TRACE_ID_DIGITS);
  }

  /**
   * The span id of a role: {@code root} (the agent), {@code span} (the step), {@code generation},
   * {@code attempt:{n}} or {@code tool:{n}}, counted from 1.
   */
  String spanId(String role) {
    return id(traceId + '\n' + recordId + '\n' + role, SPAN_ID_DIGITS);
  }

  private static String id(String text, int digits) {
    String id = sha256(text).substring(0, digits);
    return id.equals("0".repeat(digits)) ? id.substring(1) + '1' : id;
  }

  /** SHA-256 of the text's UTF-8, in hex. */
  static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static @Nullable String asTraceId(String given) {
    String digits = UUID.matcher(given).matches() ? given.replace("-", "") : given;
    String id = digits.toLowerCase(Locale.ROOT);
    return TraceId.isValid(id) ? id : null;
  }
}
