package dev.sentrybroadcast.intake;

import org.jspecify.annotations.Nullable;

/** Reads numbers, written as such or as text, without ever building a large one. */
final class Numbers {

  /** Whole numbers above it are not exact as doubles. */
  static final long EXACT_IN_DOUBLES = 1L << 53;

  private Numbers() {}

  /** Of 64 bits, to the last digit; a fraction or an exponent only as far as doubles are exact. */
  static @Nullable Long whole(JsonValue value) {
    String text = number(value);
    if (text == null) {
      return null;
    }
    if (isDigits(text)) {
      return exact(text);
    }
    double decimal = Double.parseDouble(text);
    return decimal == Math.rint(decimal) && Math.abs(decimal) <= EXACT_IN_DOUBLES
        ? Long.valueOf((long) decimal)
        : null;
  }

  private static @Nullable Long exact(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException _) {
      return null; // more than 64 bits
    }
  }

  static @Nullable Double decimal(JsonValue value) {
    String text = number(value);
    if (text == null) {
      return null;
    }
    double decimal = Double.parseDouble(text);
    return Double.isFinite(decimal) ? Double.valueOf(decimal) : null;
  }

  /** The number's text; null for anything but JSON's way of writing a number of bounded length. */
  static @Nullable String number(JsonValue value) {
    JsonValue read = value.read();
    String text =
        read instanceof JsonValue.Numeric number
            ? number.text()
            : read instanceof JsonValue.Text written ? written.value().strip() : null;
    return text != null && isNumber(text) ? text : null;
  }

  private static boolean isDigits(String number) {
    for (int i = 1; i < number.length(); i++) {
      if (number.charAt(i) < '0' || number.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  // Double.parseDouble takes more than numbers: NaN, 0x1p3, 1d.
  private static boolean isNumber(String text) {
    if (text.isEmpty() || text.length() > Limits.NUMBER_CHARS) {
      return false;
    }
    int at = digits(text, text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0);
    if (at < 0) {
      return false;
    }
    if (at < text.length() && text.charAt(at) == '.') {
      at = digits(text, at + 1);
    }
    if (at > 0 && at < text.length() && (text.charAt(at) | 0x20) == 'e') {
      int sign = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0 ? 1 : 0;
      at = digits(text, at + 1 + sign);
    }
    return at == text.length();
  }

  /** Where the digits that start at {@code from} end; −1 if there are none. */
  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at == from ? -1 : at;
  }
}
