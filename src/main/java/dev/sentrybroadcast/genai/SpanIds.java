package dev.sentrybroadcast.genai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.RecordedTrace;
import dev.sentrybroadcast.generation.TelemetryRecord;
import dev.sentrybroadcast.generation.Trace;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The public rule by which ids are derived from a record (docs/spans.md): a redelivery, a replay or
 * a retry sends the same spans, and a producer can predict them. One instance serves one record and
 * one thread.
 */
public final class SpanIds {

  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;

  private final String traceId;
  private final byte[] seed;
  private final MessageDigest sha256 = sha256();

  SpanIds(String traceId, String recordId) {
    this.traceId = traceId;
    this.seed = (traceId + '\n' + recordId + '\n').getBytes(UTF_8);
  }

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
      return hash("generation:" + record.id(), TRACE_ID_BYTES);
    }
    String id = asTraceId(given);
    return id != null ? id : hash(given, TRACE_ID_BYTES);
  }

  /** Whether a trace id was given that only survives as a hash. */
  static boolean isTextTraceId(@Nullable String given) {
    return given != null && !given.isBlank() && asTraceId(given) == null;
  }

  /** The given parent where it can be a span's id, else null. */
  static @Nullable String parentSpanId(Trace trace) {
    String given = trace.parentSpanId();
    return given != null && isId(given, 2 * SPAN_ID_BYTES) ? given.toLowerCase(Locale.ROOT) : null;
  }

  /** The id of the error event of a span: 32 hex digits. */
  static String issueEventId(String spanId) {
    return hash(spanId + "issue", TRACE_ID_BYTES);
  }

  /** SHA-256 in hex, for a session id that cannot be a conversation id as it is. */
  static String fullHash(String text) {
    return HexFormat.of().formatHex(sha256().digest(text.getBytes(UTF_8)));
  }

  String traceId() {
    return traceId;
  }

  String root() {
    return spanId("root");
  }

  String step() {
    return spanId("span");
  }

  String generation() {
    return spanId("generation");
  }

  /** {@code number} counts from 1, as in the span's name. */
  String attempt(int number) {
    return spanId("attempt:" + number);
  }

  /** {@code number} counts from 1. */
  String tool(int number) {
    return spanId("tool:" + number);
  }

  private String spanId(String role) {
    sha256.update(seed);
    return hex(sha256.digest(role.getBytes(UTF_8)), SPAN_ID_BYTES);
  }

  private static String hash(String text, int bytes) {
    return hex(sha256().digest(text.getBytes(UTF_8)), bytes);
  }

  private static String hex(byte[] digest, int bytes) {
    boolean zero = true;
    for (int i = 0; i < bytes; i++) {
      zero &= digest[i] == 0;
    }
    if (zero) {
      digest[bytes - 1] = 1;
    }
    return HexFormat.of().formatHex(digest, 0, bytes);
  }

  private static @Nullable String asTraceId(String given) {
    if (isId(given, 2 * TRACE_ID_BYTES)) {
      return given.toLowerCase(Locale.ROOT);
    }
    if (given.length() == 36
        && given.charAt(8) == '-'
        && given.charAt(13) == '-'
        && given.charAt(18) == '-'
        && given.charAt(23) == '-') {
      String digits = given.replace("-", "");
      if (isId(digits, 2 * TRACE_ID_BYTES)) {
        return digits.toLowerCase(Locale.ROOT);
      }
    }
    return null;
  }

  private static boolean isId(String text, int digits) {
    if (text.length() != digits) {
      return false;
    }
    boolean zero = true;
    for (int i = 0; i < digits; i++) {
      char c = text.charAt(i);
      if (!HexFormat.isHexDigit(c)) {
        return false;
      }
      zero &= c == '0';
    }
    return !zero;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
