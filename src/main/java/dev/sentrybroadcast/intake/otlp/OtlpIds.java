package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Ids of OTLP/JSON: hex, as specified, or base64, as in protobuf's JSON. */
final class OtlpIds {

  static final int TRACE_BYTES = 16;
  static final int SPAN_BYTES = 8;

  private OtlpIds() {}

  /** Lower-case hex; null for what is not an id of that length, or all zero. */
  static @Nullable String hex(@Nullable JsonValue value, int bytes) {
    String text = JsonValue.text(value);
    if (text == null) {
      return null;
    }
    if (text.length() == 2 * bytes && text.chars().allMatch(HexFormat::isHexDigit)) {
      return isZero(text) ? null : text.toLowerCase(Locale.ROOT);
    }
    if (text.length() > 2 * bytes) {
      return null;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(text);
      String hex = HexFormat.of().formatHex(decoded);
      return decoded.length != bytes || isZero(hex) ? null : hex;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  static String expected(int bytes) {
    return 2 * bytes + " hex digits, or base64 of " + bytes + " bytes, not all zero";
  }

  /** Whether it has no digit but 0; some SDKs send that as the parent of a root. */
  static boolean isZero(@Nullable String hex) {
    return hex != null && hex.chars().allMatch(digit -> digit == '0');
  }
}
