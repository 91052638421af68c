package dev.sentrybroadcast.intake.json;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads points in time as nanoseconds since the epoch. */
public final class Times {

  private static final long SECOND = 1_000_000_000L;

  /** 1973 in seconds. A smaller number is not a time. */
  private static final long EARLIEST = 100_000_000L;

  /** Groups: year, month, day, hour, minute, second, fraction, offset. */
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "(\\d{4})-(\\d{2})-(\\d{2})[Tt ](\\d{2}):(\\d{2}):(\\d{2})(?:\\.(\\d+))?"
              + "([Zz]|[+-]\\d{2}(?::?\\d{2})?)");

  private Times() {}

  /**
   * RFC 3339 with an offset, or a number of seconds, milli-, micro- or nanoseconds, told apart by
   * size; null for anything else.
   */
  public static @Nullable Long epochNanos(@Nullable JsonValue value) {
    String number = Numbers.number(value);
    if (number != null) {
      return ofNumber(number);
    }
    String text = JsonValue.text(value);
    return text == null || text.length() > 100 ? null : ofRfc3339(text.strip());
  }

  private static @Nullable Long ofNumber(String number) {
    double size = Double.parseDouble(number);
    if (!(size >= EARLIEST) || size >= 9.2e18) {
      return null;
    }
    long unit = size < 1e11 ? SECOND : size < 1e14 ? 1_000_000L : size < 1e17 ? 1_000L : 1L;
    BigDecimal nanos = new BigDecimal(number).multiply(BigDecimal.valueOf(unit));
    return nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0 ? null : nanos.longValue();
  }

  private static @Nullable Long ofRfc3339(String text) {
    Matcher time = RFC_3339.matcher(text);
    if (!time.matches()) {
      return null;
    }
    int second = number(time, 6);
    if (second > 60) {
      return null;
    }
    try {
      LocalDateTime minute =
          LocalDateTime.of(
              number(time, 1), number(time, 2), number(time, 3), number(time, 4), number(time, 5));
      ZoneOffset offset = ZoneOffset.of(time.group(8).toUpperCase(Locale.ROOT));
      String fraction = time.group(7) == null ? "" : time.group(7);
      long nanos = Long.parseLong((fraction + "000000000").substring(0, 9));
      // 60 is a leap second; it is read as the second before it.
      long seconds = minute.toEpochSecond(offset) + Math.min(second, 59);
      return seconds >= EARLIEST && seconds < Long.MAX_VALUE / SECOND
          ? Long.valueOf(seconds * SECOND + nanos)
          : null;
    } catch (DateTimeException _) {
      return null; // such as 30 February
    }
  }

  private static int number(Matcher time, int group) {
    return Integer.parseInt(time.group(group));
  }
}
