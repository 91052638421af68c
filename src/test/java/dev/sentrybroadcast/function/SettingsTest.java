package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.sentrybroadcast.function.Settings.LogLevel;
import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.generation.ContentRules;
import dev.sentrybroadcast.generation.PrivacyMode;
import dev.sentrybroadcast.generation.Redaction;
import dev.sentrybroadcast.sentry.AllowedHosts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SettingsTest {

  @Test
  void from_nothing_isTheDefaults() {
    Settings settings = Settings.from(Map.of());

    assertThat(settings.destinationSecretPrefix()).isEqualTo("sentry-broadcast/");
    assertThat(settings.defaultDestinations()).containsExactly("default");
    assertThat(settings.destinationCache()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.forced()).isEqualTo(new ContentRules(PrivacyMode.OFF, Redaction.NONE));
    assertThat(settings.allowedEndpointHosts()).isEqualTo(AllowedHosts.parse("*.sentry.io"));
    assertThat(settings.serviceName()).isEqualTo("sentry-broadcast");
    assertThat(settings.maxRequestBytes()).isEqualTo(4_194_304);
    assertThat(settings.limits()).isEqualTo(new ContentLimits(65_536, 524_288));
    assertThat(settings.liteLlmKeySecret()).isNull();
    assertThat(settings.logLevel()).isEqualTo(LogLevel.INFO);
  }

  @Test
  void from_blanks_isTheDefaults() {
    Map<String, String> blanks = new HashMap<>();
    for (String name : SettingNames.ALL) {
      blanks.put(name, " ");
    }

    assertThat(Settings.from(blanks)).usingRecursiveComparison().isEqualTo(Settings.from(Map.of()));
  }

  static Stream<Arguments> goodValues() {
    return Stream.of(
        good("DESTINATION_SECRET_PREFIX", "a/b-c_", Settings::destinationSecretPrefix, "a/b-c_"),
        good("DEFAULT_DESTINATION", "eu", Settings::defaultDestinations, List.of("eu")),
        good(
            "DEFAULT_DESTINATION", "eu, us,eu", Settings::defaultDestinations, List.of("eu", "us")),
        good("DESTINATION_CACHE_SECONDS", "0", Settings::destinationCache, Duration.ZERO),
        good(
            "FORCE_PRIVACY_MODE",
            "true",
            settings -> settings.forced().privacyMode(),
            PrivacyMode.ON),
        good(
            "FORCE_PRIVACY_MODE",
            "TRUE",
            settings -> settings.forced().privacyMode(),
            PrivacyMode.ON),
        good("FORCE_REDACTION", "true", settings -> settings.forced().redaction(), Redaction.ALL),
        good(
            "ALLOWED_ENDPOINT_HOSTS",
            "sentry.example.com,http://127.0.0.1:9000",
            Settings::allowedEndpointHosts,
            AllowedHosts.parse("sentry.example.com,http://127.0.0.1:9000")),
        good("SERVICE_NAME", "gateway", Settings::serviceName, "gateway"),
        good("OLD_RECORD_DAYS", "90", Settings::oldRecord, Duration.ofDays(90)),
        good("MAX_REQUEST_BYTES", "1024", Settings::maxRequestBytes, 1024),
        good("MAX_SPAN_BYTES", "4096", Settings::limits, new ContentLimits(65_536, 4096)),
        good("MAX_ATTRIBUTE_BYTES", "256", Settings::limits, new ContentLimits(256, 524_288)),
        good("LITELLM_KEY_SECRET", "litellm/key", Settings::liteLlmKeySecret, "litellm/key"),
        good("LOG_LEVEL", "debug", Settings::logLevel, LogLevel.DEBUG));
  }

  private static Arguments good(
      String name, String value, Function<Settings, @Nullable Object> read, Object expected) {
    return argumentSet(name + "=" + value, name, value, read, expected);
  }

  @ParameterizedTest
  @MethodSource("goodValues")
  void from_value_readsIt(
      String name, String value, Function<Settings, @Nullable Object> read, Object expected) {
    assertThat(read.apply(Settings.from(Map.of(name, value)))).isEqualTo(expected);
  }

  static Stream<Arguments> badValues() {
    return Stream.of(
        bad("DESTINATION_SECRET_PREFIX", "a b", "letters, digits and /_+=.@-"),
        bad("DEFAULT_DESTINATION", "a,,b", "one destination's name"),
        bad("DEFAULT_DESTINATION", "a/b", "one destination's name"),
        bad("DESTINATION_CACHE_SECONDS", "5m", "a whole number from 0 to 86400"),
        bad("DESTINATION_CACHE_SECONDS", "-1", "a whole number from 0 to 86400"),
        bad("FORCE_PRIVACY_MODE", "yes", "true or false"),
        bad("FORCE_REDACTION", "all", "true or false"),
        bad("ALLOWED_ENDPOINT_HOSTS", "https://sentry.io/", "a host, *.suffix or http://host:port"),
        bad("SERVICE_NAME", "a\tb", "at most 200 printable characters"),
        bad("OLD_RECORD_DAYS", "0", "a whole number from 1 to 999"),
        bad("MAX_REQUEST_BYTES", "1023", "a whole number from 1024 to 67108864"),
        bad("MAX_REQUEST_BYTES", "99999999999", "a whole number from 1024 to 67108864"),
        bad("MAX_SPAN_BYTES", "big", "a whole number from 256 to 16777216"),
        bad("MAX_ATTRIBUTE_BYTES", "1.5", "a whole number from 256 to 16777216"),
        bad("LITELLM_KEY_SECRET", "a key", "letters, digits and /_+=.@-"),
        bad("LOG_LEVEL", "LOUD", "DEBUG, INFO, WARN or ERROR"));
  }

  private static Arguments bad(String name, String value, String expected) {
    return argumentSet(name + "=" + value, name, value, expected);
  }

  @ParameterizedTest
  @MethodSource("badValues")
  void from_badValue_saysNameAndValueAndWhatItMayBe(String name, String value, String expected) {
    assertThatThrownBy(() -> Settings.from(Map.of(name, value)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith(name + " was \"" + value + "\"; it must be ")
        .hasMessageContaining(expected);
  }

  @Test
  void from_valueThatMayBeADsn_isNotSaidBack() {
    assertThatThrownBy(
            () -> Settings.from(Map.of("ALLOWED_ENDPOINT_HOSTS", "https://abc@o1.sentry.io/1")))
        .hasMessageStartingWith("ALLOWED_ENDPOINT_HOSTS was a text of 26 characters; it must be ")
        .hasMessageNotContaining("abc");
  }
}
