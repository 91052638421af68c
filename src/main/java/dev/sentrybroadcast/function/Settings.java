package dev.sentrybroadcast.function;

import dev.sentrybroadcast.destination.CachedDestinations;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.sentry.AllowedHosts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checked environment variables; the only class that reads them. An absent or blank variable
 * has its default. An invalid one fails the start with its name, its value and what is allowed. The
 * AWS SDK reads its own variables.
 *
 * @param destinationSecretPrefix prefix of the names of the destinations' secrets
 * @param defaultDestinations for records that name no destination
 * @param destinationCache how long a destination is cached
 * @param forced {@link PrivacyMode#ON} whatever a destination says
 * @param maxRequestBytes limit of one OTLP request, before compression
 * @param maxSpanBytes limit of content in one span
 * @param maxAttributeBytes limit of content in one attribute
 * @param liteLlmKeySecret name of the secret with LiteLLM's encryption key; null for none
 */
record Settings(
    String destinationSecretPrefix,
    List<String> defaultDestinations,
    Duration destinationCache,
    PrivacyMode forced,
    AllowedHosts allowedEndpointHosts,
    String serviceName,
    int maxRequestBytes,
    int maxSpanBytes,
    int maxAttributeBytes,
    @Nullable String liteLlmKeySecret,
    LogLevel logLevel) {

  static final String ALLOWED_ENDPOINT_HOSTS = "ALLOWED_ENDPOINT_HOSTS";

  private static final Pattern SECRET_NAME = Pattern.compile("[A-Za-z0-9/_+=.@-]{0,512}");
  private static final int LONGEST_SERVICE_NAME = 200;
  private static final int MEBIBYTE = 1024 * 1024;

  Settings {
    defaultDestinations = List.copyOf(defaultDestinations);
  }

  /** The variables of this process. */
  static Map<String, String> environment() {
    return System.getenv();
  }

  static Settings from(Map<String, String> environment) {
    Variables variables = new Variables(environment);
    return new Settings(
        variables.secretName("DESTINATION_SECRET_PREFIX", "sentry-broadcast/"),
        variables.destinationNames("DEFAULT_DESTINATION", "default"),
        Duration.ofSeconds(variables.number("DESTINATION_CACHE_SECONDS", 300, 0, 86_400)),
        variables.flag("FORCE_PRIVACY_MODE") ? PrivacyMode.ON : PrivacyMode.OFF,
        variables.hosts(ALLOWED_ENDPOINT_HOSTS, "*.sentry.io"),
        variables.serviceName("SERVICE_NAME", "sentry-broadcast"),
        variables.number("MAX_REQUEST_BYTES", 4 * MEBIBYTE, 1024, 64 * MEBIBYTE),
        variables.number("MAX_SPAN_BYTES", MEBIBYTE / 2, 256, 16 * MEBIBYTE),
        variables.number("MAX_ATTRIBUTE_BYTES", MEBIBYTE / 16, 256, 16 * MEBIBYTE),
        variables.optionalSecretName("LITELLM_KEY_SECRET"),
        variables.logLevel("LOG_LEVEL"));
  }

  /** Reads each kind of value from the variables. */
  private record Variables(Map<String, String> environment) {

    @Nullable String text(String name) {
      String value = environment.get(name);
      return value == null || value.isBlank() ? null : value.strip();
    }

    String text(String name, String fallback) {
      String value = text(name);
      return value == null ? fallback : value;
    }

    int number(String name, int fallback, int least, int most) {
      String value = text(name);
      if (value == null) {
        return fallback;
      }
      try {
        int number = Integer.parseInt(value);
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException _) {
        // Reported below, like a number out of range.
      }
      throw new InvalidSettingException(
          name, value, "a whole number from " + least + " to " + most);
    }

    boolean flag(String name) {
      String value = text(name, "false");
      return switch (value.toLowerCase(Locale.ROOT)) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new InvalidSettingException(name, value, "true or false");
      };
    }

    LogLevel logLevel(String name) {
      String value = text(name, "INFO");
      try {
        return LogLevel.valueOf(value.toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException _) {
        throw new InvalidSettingException(name, value, "DEBUG, INFO, WARN or ERROR");
      }
    }

    String serviceName(String name, String fallback) {
      String value = text(name, fallback);
      boolean printable = value.chars().noneMatch(Character::isISOControl);
      if (value.length() > LONGEST_SERVICE_NAME || !printable) {
        throw new InvalidSettingException(
            name, value, "at most " + LONGEST_SERVICE_NAME + " printable characters");
      }
      return value;
    }

    @Nullable String optionalSecretName(String name) {
      return text(name) == null ? null : secretName(name, "");
    }

    String secretName(String name, String fallback) {
      String value = text(name, fallback);
      if (!SECRET_NAME.matcher(value).matches()) {
        throw new InvalidSettingException(name, value, "letters, digits and /_+=.@-");
      }
      return value;
    }

    List<String> destinationNames(String name, String fallback) {
      String value = text(name, fallback);
      List<String> names = Stream.of(value.split(",", -1)).map(String::strip).distinct().toList();
      if (!names.stream().allMatch(CachedDestinations::isName)) {
        throw new InvalidSettingException(
            name,
            value,
            "one destination's name (1 to 64 letters, digits, _ . -), or several with commas");
      }
      return names;
    }

    AllowedHosts hosts(String name, String fallback) {
      String value = text(name, fallback);
      try {
        return AllowedHosts.parse(value);
      } catch (IllegalArgumentException _) {
        String expected = "a host, *.suffix or http://host:port, several with commas";
        throw new InvalidSettingException(name, value, expected);
      }
    }
  }
}
