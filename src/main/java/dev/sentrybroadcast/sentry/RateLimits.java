package dev.sentrybroadcast.sentry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What Sentry has asked one destination's senders to hold back, and for how long. A newer limit
 * never shortens a longer one. Thread-safe.
 *
 * @see <a href="https://develop.sentry.dev/sdk/expected-features/rate-limiting/">Rate limiting</a>
 */
public final class RateLimits {

  private static final Duration DEFAULT = Duration.ofSeconds(60);

  /** A hundred years, which no sum overflows. */
  private static final double LONGEST_SECONDS = 3_200_000_000.0;

  private static final Pattern NUMBER = Pattern.compile("[0-9]+\\.?[0-9]*|\\.[0-9]+");

  private final Map<Category, Instant> until = new EnumMap<>(Category.class);

  /** What is limited separately. */
  public enum Category {
    /** OTLP traces. */
    SPAN,
    /** Error events. */
    ERROR
  }

  /**
   * Reads the limits of a response, whatever its status.
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

  /** How long this category is still limited; zero when it is not. */
  public synchronized Duration remaining(Category category, Instant now) {
    Instant end = until.getOrDefault(category, now);
    return end.isAfter(now) ? Duration.between(now, end) : Duration.ZERO;
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
    String[] parts = group.split(":", 3);
    if (parts.length < 2) {
      return;
    }
    String categories = parts[1].strip();
    Duration read = seconds(parts[0].strip());
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
          // The category of another product.
        }
      }
    }
  }

  private synchronized void hold(Category category, Duration wait, Instant now) {
    until.merge(category, now.plus(wait), (a, b) -> a.isAfter(b) ? a : b);
  }

  /** Digits with an optional fraction; below zero is zero; null when it is not a number. */
  private static @Nullable Duration seconds(String text) {
    boolean negative = text.startsWith("-");
    if (!NUMBER.matcher(negative ? text.substring(1) : text).matches()) {
      return null;
    }
    double seconds = negative ? 0 : Math.min(Double.parseDouble(text), LONGEST_SECONDS);
    return Duration.ofMillis((long) Math.ceil(seconds * 1000));
  }

  /** The values joined with commas; null when all of them are blank. */
  private static @Nullable String header(Map<String, List<String>> headers, String name) {
    String joined =
        headers.entrySet().stream()
            .filter(header -> name.equalsIgnoreCase(header.getKey()))
            .flatMap(header -> header.getValue().stream())
            .filter(value -> !value.isBlank())
            .map(String::strip)
            .collect(Collectors.joining(","));
    return joined.isEmpty() ? null : joined;
  }
}
