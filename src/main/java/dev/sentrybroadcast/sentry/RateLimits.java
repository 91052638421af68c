package dev.sentrybroadcast.sentry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Sentry has told us to hold back, and for how long; one per destination, and safe to use from
 * several threads. A longer limit is never shortened by a newer one.
 *
 * @see <a href="https://develop.sentry.dev/sdk/expected-features/rate-limiting/">Rate limiting</a>
 */
public final class RateLimits {

  private static final Duration DEFAULT = Duration.ofSeconds(60);

  /** Far beyond any sense, far from any overflow. */
  private static final double LONGEST_SECONDS = 3_200_000_000.0;

  private Instant spanUntil = Instant.MIN;
  private Instant errorUntil = Instant.MIN;

  /** What is limited apart from each other. */
  public enum Category {
    /** OTLP traces. */
    SPAN,
    /** Error events. */
    ERROR
  }

  /**
   * Takes note of an answer of whatever status.
   *
   * @param headers by name, in any case
   */
  public void update(int status, Map<String, List<String>> headers, Instant now) {
    String limits = header(headers, "x-sentry-rate-limits");
    if (limits != null) {
      for (String group : limits.split(",", -1)) {
        readGroup(group, now);
      }
    } else if (status == 429) {
      Duration retryAfter = retryAfter(headers, now);
      Duration wait = retryAfter == null ? DEFAULT : retryAfter;
      hold(Category.SPAN, wait, now);
      hold(Category.ERROR, wait, now);
    }
  }

  /** How long this category is still held back; zero when it is not. */
  public synchronized Duration remaining(Category category, Instant now) {
    Instant until =
        switch (category) {
          case SPAN -> spanUntil;
          case ERROR -> errorUntil;
        };
    return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
  }

  /**
   * {@code Retry-After} as seconds or an HTTP date. Zero means at once. Null when it is absent,
   * cannot be read, or is a date in the past, which a wrong clock may have made.
   */
  public static @Nullable Duration retryAfter(Map<String, List<String>> headers, Instant now) {
    String text = header(headers, "retry-after");
    if (text == null) {
      return null;
    }
    Duration wait = text.startsWith("-") ? null : seconds(text);
    return wait != null ? wait : untilDate(text, now);
  }

  private static @Nullable Duration untilDate(String text, Instant now) {
    try {
      ZonedDateTime date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      Duration wait = Duration.between(now, date.toInstant());
      return wait.isPositive() ? wait : null;
    } catch (DateTimeException _) {
      return null;
    }
  }

  /** One {@code seconds:category;category:scope:…}. */
  private void readGroup(String group, Instant now) {
    int first = group.indexOf(':');
    if (first < 0) {
      return;
    }
    int second = group.indexOf(':', first + 1);
    String categories = group.substring(first + 1, second < 0 ? group.length() : second).strip();
    Duration read = seconds(group.substring(0, first).strip());
    Duration wait = read == null ? DEFAULT : read;
    if (categories.isEmpty()) {
      hold(Category.SPAN, wait, now);
      hold(Category.ERROR, wait, now);
      return;
    }
    for (String name : categories.split(";", -1)) {
      switch (name.strip()) {
        case "span" -> hold(Category.SPAN, wait, now);
        case "error" -> hold(Category.ERROR, wait, now);
        default -> {
          // Another product's category: it does not hold ours back.
        }
      }
    }
  }

  private synchronized void hold(Category category, Duration wait, Instant now) {
    Instant until = now.plus(wait);
    switch (category) {
      case SPAN -> spanUntil = later(spanUntil, until);
      case ERROR -> errorUntil = later(errorUntil, until);
    }
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  /** Digits with an optional fraction; below zero is zero; null when it is not a number. */
  private static @Nullable Duration seconds(String text) {
    boolean negative = text.startsWith("-");
    int dots = 0;
    int digits = 0;
    for (int i = negative ? 1 : 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        dots++;
      } else if (c >= '0' && c <= '9') {
        digits++;
      } else {
        return null;
      }
    }
    if (digits == 0 || dots > 1) {
      return null;
    }
    double seconds = negative ? 0 : Math.min(Double.parseDouble(text), LONGEST_SECONDS);
    return Duration.ofMillis((long) Math.ceil(seconds * 1000));
  }

  /** The values joined with commas, without line breaks; null when there is none but blanks. */
  private static @Nullable String header(Map<String, List<String>> headers, String name) {
    StringBuilder joined = new StringBuilder();
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      if (name.equalsIgnoreCase(header.getKey())) {
        for (String value : header.getValue()) {
          if (!value.isBlank()) {
            joined.append(joined.isEmpty() ? "" : ",").append(value.strip());
          }
        }
      }
    }
    return joined.isEmpty() ? null : joined.toString();
  }
}
