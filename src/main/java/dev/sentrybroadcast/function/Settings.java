package dev.sentrybroadcast.function;

import dev.sentrybroadcast.destination.CachedDestinations;
import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.generation.ContentRules;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Redaction;
import dev.sentrybroadcast.intake.objects.AllowedObjects;
import dev.sentrybroadcast.sentry.AllowedHosts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checked environment variables; the only class that reads them. An absent or blank variable
 * has its default. An invalid one fails the start with its name, its value and what is allowed. The
 * AWS SDK reads its own variables.
 *
 * @param destinationCache how long a destination is cached
 * @param forced privacy mode and redaction that hold whatever a destination says
 * @param maxRequestBytes limit of one OTLP request before compression
 * @param liteLlmKeySecret name of the secret with LiteLLM's encryption key; null for none
 * @param sourceBuckets the objects that may be read
 * @param bedrockUserFromArn whether the caller's ARN in Bedrock's log becomes the user
 */
record Settings(
    String destinationSecretPrefix,
    List<String> defaultDestinations,
    Duration destinationCache,
    ContentRules forced,
    AllowedHosts allowedEndpointHosts,
    String serviceName,
    Duration oldRecord,
    int maxRequestBytes,
    ContentLimits limits,
    @Nullable String liteLlmKeySecret,
    AllowedObjects sourceBuckets,
    boolean bedrockUserFromArn,
    LogLevel logLevel) {

  private static final int MEBIBYTE = 1024 * 1024;

  /** The variables of this process. */
  static Map<String, String> environment() {
    return System.getenv();
  }

  static Settings from(Map<String, String> environment) {
    Variables variables = new Variables(environment);
    String keySecret = variables.secretName("LITELLM_KEY_SECRET", "");
    return new Settings(
        variables.secretName("DESTINATION_SECRET_PREFIX", "sentry-broadcast/"),
        variables.destinationNames("DEFAULT_DESTINATION", "default"),
        Duration.ofSeconds(variables.number("DESTINATION_CACHE_SECONDS", 300, 0, 86_400)),
        new ContentRules(
            variables.flag("FORCE_PRIVACY_MODE") ? PrivacyMode.ON : PrivacyMode.OFF,
            variables.flag("FORCE_REDACTION") ? Redaction.ALL : Redaction.NONE),
        variables.hosts("ALLOWED_ENDPOINT_HOSTS", "*.sentry.io"),
        variables.text(
            "SERVICE_NAME",
            "sentry-broadcast",
            "\\P{Cc}{1,200}",
            "at most 200 printable characters"),
        Duration.ofDays(variables.number("OLD_RECORD_DAYS", 30, 1, 999)),
        variables.number("MAX_REQUEST_BYTES", 4 * MEBIBYTE, 1024, 64 * MEBIBYTE),
        new ContentLimits(
            variables.number("MAX_ATTRIBUTE_BYTES", MEBIBYTE / 16, 256, 16 * MEBIBYTE),
            variables.number("MAX_SPAN_BYTES", MEBIBYTE / 2, 256, 16 * MEBIBYTE)),
        keySecret.isEmpty() ? null : keySecret,
        variables.objects("SOURCE_BUCKETS"),
        variables.flag("BEDROCK_USER_FROM_ARN"),
        variables.logLevel("LOG_LEVEL"));
  }

  /** Reads each kind of value from the variables. */
  private record Variables(Map<String, String> environment) {

    /** Returns the variable, or the fallback if it is absent or blank. */
    String text(String name, String fallback, String pattern, String expected) {
      String value = environment.getOrDefault(name, "").strip();
      if (value.isEmpty()) {
        return fallback;
      }
      if (!value.matches(pattern)) {
        throw new InvalidSettingException(name, value, expected);
      }
      return value;
    }

    int number(String name, int fallback, int least, int most) {
      String expected = "a whole number from " + least + " to " + most;
      int number =
          Integer.parseInt(text(name, Integer.toString(fallback), "[+-]?\\d{1,9}", expected));
      if (number < least || number > most) {
        throw new InvalidSettingException(name, Integer.toString(number), expected);
      }
      return number;
    }

    boolean flag(String name) {
      return Boolean.parseBoolean(text(name, "false", "(?i)true|false", "true or false"));
    }

    LogLevel logLevel(String name) {
      String levels = "(?i)DEBUG|INFO|WARN|ERROR";
      String value = text(name, "INFO", levels, "DEBUG, INFO, WARN or ERROR");
      return LogLevel.valueOf(value.toUpperCase(Locale.ROOT));
    }

    String secretName(String name, String fallback) {
      return text(name, fallback, "[A-Za-z0-9/_+=.@-]{1,512}", "letters, digits and /_+=.@-");
    }

    List<String> destinationNames(String name, String fallback) {
      String expected =
          "one destination's name (1 to 64 letters, digits, _ . -), or several with commas";
      String value = text(name, fallback, ".+", expected);
      List<String> names = Stream.of(value.split(",", -1)).map(String::strip).distinct().toList();
      if (!names.stream().allMatch(CachedDestinations::isName)) {
        throw new InvalidSettingException(name, value, expected);
      }
      return names;
    }

    AllowedObjects objects(String name) {
      String expected = "a bucket's name or bucket/prefix, several with commas";
      return parsed(name, "", AllowedObjects::parse, expected);
    }

    AllowedHosts hosts(String name, String fallback) {
      String expected = "a host, *.suffix or http://host:port, several with commas";
      return parsed(name, fallback, AllowedHosts::parse, expected);
    }

    private <T> T parsed(
        String name, String fallback, Function<String, T> parser, String expected) {
      String value = text(name, fallback, ".+", expected);
      try {
        return parser.apply(value);
      } catch (IllegalArgumentException _) {
        throw new InvalidSettingException(name, value, expected);
      }
    }
  }

  /** The values of {@code LOG_LEVEL}. The line with the metrics is written at each. */
  enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }
}
