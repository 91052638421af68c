package dev.sentrybroadcast.function;

import dev.sentrybroadcast.destination.CachedDestinations;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.sentry.AllowedHosts;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables, checked: the one class that reads them. A variable that is absent or
 * blank has its default; one that cannot be used ends the start with its name, what it was and what
 * it may be.
 *
 * @param destinationSecretPrefix what stands before a destination's name in its secret's name
 * @param defaultDestinations where records go that name no destination
 * @param destinationCache how long a destination serves before it is read again
 * @param forced {@link PrivacyMode#ON} whatever a destination says
 * @param maxRequestBytes of one OTLP request, before compression
 * @param maxSpanBytes of content in one span
 * @param maxAttributeBytes of content in one attribute
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
    LogLevel logLevel,
    AwsEnvironment aws) {

  static final String DESTINATION_SECRET_PREFIX = "DESTINATION_SECRET_PREFIX";
  static final String DEFAULT_DESTINATION = "DEFAULT_DESTINATION";
  static final String DESTINATION_CACHE_SECONDS = "DESTINATION_CACHE_SECONDS";
  static final String FORCE_PRIVACY_MODE = "FORCE_PRIVACY_MODE";
  static final String ALLOWED_ENDPOINT_HOSTS = "ALLOWED_ENDPOINT_HOSTS";
  static final String SERVICE_NAME = "SERVICE_NAME";
  static final String MAX_REQUEST_BYTES = "MAX_REQUEST_BYTES";
  static final String MAX_SPAN_BYTES = "MAX_SPAN_BYTES";
  static final String MAX_ATTRIBUTE_BYTES = "MAX_ATTRIBUTE_BYTES";
  static final String LITELLM_KEY_SECRET = "LITELLM_KEY_SECRET";
  static final String LOG_LEVEL = "LOG_LEVEL";

  private static final String SECRET_NAME_PUNCTUATION = "/_+=.@-";
  private static final int LONGEST_SECRET_NAME = 512;
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
        variables.secretName(DESTINATION_SECRET_PREFIX, "sentry-broadcast/"),
        variables.destinationNames(DEFAULT_DESTINATION, "default"),
        Duration.ofSeconds(variables.number(DESTINATION_CACHE_SECONDS, 300, 0, 86_400)),
        variables.flag(FORCE_PRIVACY_MODE) ? PrivacyMode.ON : PrivacyMode.OFF,
        variables.hosts(ALLOWED_ENDPOINT_HOSTS, "*.sentry.io"),
        variables.serviceName(SERVICE_NAME, "sentry-broadcast"),
        variables.number(MAX_REQUEST_BYTES, 4 * MEBIBYTE, 1024, 64 * MEBIBYTE),
        variables.number(MAX_SPAN_BYTES, MEBIBYTE / 2, 256, 16 * MEBIBYTE),
        variables.number(MAX_ATTRIBUTE_BYTES, MEBIBYTE / 16, 256, 16 * MEBIBYTE),
        variables.optionalSecretName(LITELLM_KEY_SECRET),
        variables.logLevel(LOG_LEVEL),
        variables.aws());
  }

  /** The same, with other AWS services and other hosts to send to. */
  Settings with(AwsEnvironment others, AllowedHosts hosts) {
    return new Settings(
        destinationSecretPrefix,
        defaultDestinations,
        destinationCache,
        forced,
        hosts,
        serviceName,
        maxRequestBytes,
        maxSpanBytes,
        maxAttributeBytes,
        liteLlmKeySecret,
        logLevel,
        others);
  }

  /** One map, and how each kind of value is read from it. */
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
        // Said below, together with a number out of range.
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
      return switch (value.toUpperCase(Locale.ROOT)) {
        case "DEBUG" -> LogLevel.DEBUG;
        case "INFO" -> LogLevel.INFO;
        case "WARN" -> LogLevel.WARN;
        case "ERROR" -> LogLevel.ERROR;
        default -> throw new InvalidSettingException(name, value, "DEBUG, INFO, WARN or ERROR");
      };
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
      if (value.length() > LONGEST_SECRET_NAME || !isMadeOf(value, SECRET_NAME_PUNCTUATION)) {
        throw new InvalidSettingException(
            name, value, "letters, digits and " + SECRET_NAME_PUNCTUATION);
      }
      return value;
    }

    List<String> destinationNames(String name, String fallback) {
      String value = text(name, fallback);
      List<String> destinations = new ArrayList<>();
      for (String part : value.split(",", -1)) {
        String destination = part.strip();
        if (!CachedDestinations.isName(destination)) {
          throw new InvalidSettingException(
              name,
              value,
              "one destination's name (1 to 64 letters, digits, _ . -), or several with commas");
        }
        if (!destinations.contains(destination)) {
          destinations.add(destination);
        }
      }
      return destinations;
    }

    AllowedHosts hosts(String name, String fallback) {
      String value = text(name, fallback);
      try {
        return AllowedHosts.parse(value);
      } catch (IllegalArgumentException e) {
        throw new InvalidSettingException(
            name, value, "a host, *.suffix or http://host:port, several with commas", e);
      }
    }

    private static boolean isMadeOf(String value, String punctuation) {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        boolean letterOrDigit =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letterOrDigit && punctuation.indexOf(c) < 0) {
          return false;
        }
      }
      return true;
    }

    AwsEnvironment aws() {
      return new AwsEnvironment(
          text("AWS_REGION"),
          endpoint("AWS_ENDPOINT_URL_SECRETS_MANAGER"),
          endpoint("AWS_ENDPOINT_URL_SQS"),
          keys());
    }

    private @Nullable URI endpoint(String name) {
      String variable = text(name) == null ? "AWS_ENDPOINT_URL" : name;
      String value = text(variable);
      if (value == null || flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")) {
        return null;
      }
      try {
        URI uri = URI.create(value);
        if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
          return uri;
        }
      } catch (IllegalArgumentException _) {
        // Said below, together with a URI of another kind.
      }
      throw new InvalidSettingException(variable, value, "an http or https URL");
    }

    private AwsEnvironment.@Nullable Keys keys() {
      String id = text("AWS_ACCESS_KEY_ID");
      String secret = text("AWS_SECRET_ACCESS_KEY");
      if (id == null || secret == null || text("AWS_CONTAINER_CREDENTIALS_FULL_URI") != null) {
        return null;
      }
      return new AwsEnvironment.Keys(id, secret, text("AWS_SESSION_TOKEN"));
    }
  }
}
