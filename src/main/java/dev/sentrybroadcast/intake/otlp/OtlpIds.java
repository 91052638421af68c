package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.intake.Decoded;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a span in OTLP/JSON, in lower-case hex: hex, as specified, or base64, as in protobuf's
 * JSON.
 *
 * @param parent null for a root
 */
record OtlpIds(String trace, String span, @Nullable String parent) {

  private static final int TRACE_BYTES = 16;
  private static final int SPAN_BYTES = 8;

  /** Null where one of them is not an id. */
  static @Nullable OtlpIds of(ObjectView fields) {
    String trace = hex(fields.get("traceId"), TRACE_BYTES);
    String span = hex(fields.get("spanId"), SPAN_BYTES);
    String parent = hex(fields.get("parentSpanId"), SPAN_BYTES);
    return trace == null || span == null || (parent == null && !isRoot(fields))
        ? null
        : new OtlpIds(trace, span, parent);
  }

  /** The first id of a malformed span that is none. */
  static Decoded.Malformed fault(ObjectView fields) {
    boolean isTrace = hex(fields.get("traceId"), TRACE_BYTES) == null;
    boolean isSpan = hex(fields.get("spanId"), SPAN_BYTES) == null;
    int bytes = isTrace ? TRACE_BYTES : SPAN_BYTES;
    return new Decoded.Malformed(
        fields.path(isTrace ? "traceId" : isSpan ? "spanId" : "parentSpanId"),
        2 * bytes + " hex digits, or base64 of " + bytes + " bytes, not all zero");
  }

  /** Some SDKs send zeros as the parent of a root: in base64 they are As. */
  private static boolean isRoot(ObjectView fields) {
    JsonValue parent = fields.get("parentSpanId");
    String text = JsonValue.text(parent);
    return parent == null || (text != null && text.matches("0*|A*=*"));
  }

  /** Null for what is not an id of that length, or all zero. */
  private static @Nullable String hex(@Nullable JsonValue value, int bytes) {
    String text = JsonValue.text(value);
    if (text == null || text.length() > 2 * bytes) {
      return null;
    }
    try {
      boolean isHex = text.length() == 2 * bytes && text.chars().allMatch(HexFormat::isHexDigit);
      byte[] id = isHex ? HexFormat.of().parseHex(text) : Base64.getDecoder().decode(text);
      String hex = HexFormat.of().formatHex(id);
      return id.length != bytes || isZero(hex) ? null : hex;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static boolean isZero(String hex) {
    return hex.chars().allMatch(digit -> digit == '0');
  }
}
