package dev.sentrybroadcast.function;

import java.util.List;

/** The variables of the product, as they are written in the contract with its operators. */
final class SettingNames {

  static final List<String> ALL =
      List.of(
          "DESTINATION_SECRET_PREFIX",
          "DEFAULT_DESTINATION",
          "DESTINATION_CACHE_SECONDS",
          "FORCE_PRIVACY_MODE",
          "FORCE_REDACTION",
          "ALLOWED_ENDPOINT_HOSTS",
          "SERVICE_NAME",
          "OLD_RECORD_DAYS",
          "MAX_REQUEST_BYTES",
          "MAX_SPAN_BYTES",
          "MAX_ATTRIBUTE_BYTES",
          "LITELLM_KEY_SECRET",
          "SOURCE_BUCKETS",
          "BEDROCK_USER_FROM_ARN",
          "LOG_LEVEL");

  private SettingNames() {}
}
