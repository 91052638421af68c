package dev.sentrybroadcast.intake;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Ids of OTLP/JSON: hex as the specification says, or base64 as protobuf's own JSON has it. */
final class OtlpIds {

  static final int TRACE_BYTES = 16;
  static final int SPAN_BYTES = 8;

  private OtlpIds() {}

  /** Lower-case hex; null for what is no id of that length, or all zero. */
  static @Nullable String hex(@Nullable JsonValue value, int bytes) {
    String text = JsonValue.text(value);
    if (text == null) {
      return null;
    }
    if (text.length() == 2 * bytes && isHex(text)) {
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

  /** As some SDKs write the parent of a root. */
  static boolean isZero(@Nullable String hex) {
    if (hex == null) {
      return false;
    }
    for (int i = 0; i < hex.length(); i++) {
      if (hex.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }

  private static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
