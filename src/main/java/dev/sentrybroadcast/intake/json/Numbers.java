package dev.sentrybroadcast.intake.json;

import dev.sentrybroadcast.intake.Limits;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads numbers that are written as JSON numbers or as texts. */
public final class Numbers {

  /** Larger whole numbers are not exact as doubles. */
  public static final long EXACT_IN_DOUBLES = 1L << 53;

  /** Narrower than what {@code Double.parseDouble} takes: no NaN, 0x1p3 or 1d. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]++(\\.[0-9]++)?+([eE][+-]?[0-9]++)?+");

  private Numbers() {}

  /** A whole number of 64 bits; one with a fraction or exponent only up to 2^53. */
  public static @Nullable Long whole(@Nullable JsonValue value) {
    String text = number(value);
    if (text == null) {
      return null;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException _) {
      double decimal = Double.parseDouble(text);
      return decimal == Math.rint(decimal) && Math.abs(decimal) <= EXACT_IN_DOUBLES
          ? Long.valueOf((long) decimal)
          : null;
    }
  }

  /** A whole number that is not negative and at most 2^53, so that sums do not overflow. */
  public static @Nullable Long count(@Nullable JsonValue value) {
    Long count = whole(value);
    return count != null && count >= 0 && count <= EXACT_IN_DOUBLES ? count : null;
  }

  /** A finite number. */
  public static @Nullable Double decimal(@Nullable JsonValue value) {
    String text = number(value);
    double decimal = text == null ? Double.NaN : Double.parseDouble(text);
    return Double.isFinite(decimal) ? Double.valueOf(decimal) : null;
  }

  /** A finite number that is not negative. */
  public static @Nullable Double amount(@Nullable JsonValue value) {
    Double decimal = decimal(value);
    return decimal != null && decimal >= 0 ? decimal : null;
  }

  /** The number's text; null for anything that is not a number of bounded length. */
  public static @Nullable String number(@Nullable JsonValue value) {
    String text =
        value instanceof JsonValue.Numeric(String written)
            ? written
            : value instanceof JsonValue.Text(String written) ? written.strip() : null;
    return text != null && text.length() <= Limits.NUMBER_CHARS && NUMBER.matcher(text).matches()
        ? text
        : null;
  }

  public static long zeroIfUnknown(@Nullable Long count) {
    return count == null ? 0 : count;
  }

  public static double zeroIfUnknown(@Nullable Double amount) {
    return amount == null ? 0 : amount;
  }

  /** What is positive, else what is 0, else null: a 0 does not hide another count. */
  public static @Nullable Long firstPositive(@Nullable Long first, @Nullable Long second) {
    return first == null || (first == 0 && second != null && second > 0) ? second : first;
  }
}
