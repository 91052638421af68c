package dev.sentrybroadcast.intake;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Reads points in time as nanoseconds since the epoch. */
final class Times {

  private static final long SECOND = 1_000_000_000L;

  /** A number below it is no time anyone means: 1973, told as seconds. */
  private static final long EARLIEST = 100_000_000L;

  private Times() {}

  /**
   * RFC 3339 with an offset, or a number of seconds, milli-, micro- or nanoseconds, told apart by
   * size; null for anything else.
   */
  static @Nullable Long epochNanos(JsonValue value) {
    String number = Numbers.number(value);
    if (number != null) {
      return ofNumber(number);
    }
    String text = JsonValue.text(value);
    return text == null ? null : ofRfc3339(text.strip());
  }

  private static @Nullable Long ofNumber(String number) {
    double size = Double.parseDouble(number);
    if (!(size >= EARLIEST) || size >= 9.2e18) {
      return null;
    }
    long unit = size < 1e11 ? SECOND : size < 1e14 ? 1_000_000L : size < 1e17 ? 1_000L : 1L;
    if (number.indexOf('e') >= 0 || number.indexOf('E') >= 0) {
      return inRange(Math.round(size * unit));
    }
    int start = number.charAt(0) == '+' ? 1 : 0;
    int point = number.indexOf('.');
    int end = point < 0 ? number.length() : point;
    long whole = Long.parseLong(number, start, end, 10);
    if (whole > Long.MAX_VALUE / unit) {
      return null;
    }
    long fraction = point < 0 ? 0 : fraction(number, point + 1, number.length()) / (SECOND / unit);
    return inRange(whole * unit + fraction);
  }

  private static @Nullable Long ofRfc3339(String text) {
    if (text.length() < 20 || text.length() > 64) {
      return null;
    }
    char separator = text.charAt(10);
    if (text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || (separator != 'T' && separator != 't' && separator != ' ')
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      return null;
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 7);
    int day = digits(text, 8, 10);
    int hour = digits(text, 11, 13);
    int minute = digits(text, 14, 16);
    int second = digits(text, 17, 19);
    int at = 19;
    long nanos = 0;
    if (text.charAt(at) == '.') {
      int from = ++at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      nanos = at == from ? -1 : fraction(text, from, at);
    }
    Integer offset = offsetSeconds(text, at);
    // 60 is a leap second; it is told as the one before it.
    if (offset == null
        || nanos < 0
        || year < 1973
        || year > 2261
        || hour < 0
        || hour > 23
        || minute < 0
        || minute > 59
        || second < 0
        || second > 60) {
      return null;
    }
    try {
      long days = LocalDate.of(year, month, day).toEpochDay();
      long seconds = days * 86_400 + hour * 3_600L + minute * 60L + Math.min(second, 59) - offset;
      return inRange(seconds * SECOND + nanos);
    } catch (DateTimeException _) {
      return null; // as 30 February
    }
  }

  /** {@code Z}, {@code +02:00}, {@code +0200} or {@code +02} from {@code at} to the end. */
  private static @Nullable Integer offsetSeconds(String text, int at) {
    int length = text.length() - at;
    if (length < 1) {
      return null;
    }
    char sign = text.charAt(at);
    if (length == 1) {
      return sign == 'Z' || sign == 'z' ? Integer.valueOf(0) : null;
    }
    if ((sign != '+' && sign != '-') || (length != 3 && length != 5 && length != 6)) {
      return null;
    }
    int hours = digits(text, at + 1, at + 3);
    int minutes = length == 3 ? 0 : digits(text, text.length() - 2, text.length());
    if (hours < 0
        || hours > 23
        || minutes < 0
        || minutes > 59
        || (length == 6 && text.charAt(at + 3) != ':')) {
      return null;
    }
    int seconds = hours * 3_600 + minutes * 60;
    return sign == '-' ? -seconds : seconds;
  }

  /** Nanoseconds of the digits behind a point, those after the ninth left out. */
  private static long fraction(String text, int from, int to) {
    long nanos = 0;
    for (int i = from; i < from + 9; i++) {
      nanos = nanos * 10 + (i < to ? text.charAt(i) - '0' : 0);
    }
    return nanos;
  }

  private static int digits(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }

  private static @Nullable Long inRange(long nanos) {
    return nanos >= EARLIEST * SECOND ? Long.valueOf(nanos) : null;
  }
}
