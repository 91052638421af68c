package dev.sentrybroadcast.connection;

import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.generation.ContentRules;
import dev.sentrybroadcast.sentry.AllowedHosts;
import java.util.List;

/**
 * Settings of the connection function.
 *
 * @param secretPrefix of the names of the destinations' secrets
 * @param defaultDestinations where a record goes that names no destination, without routes
 * @param forced privacy mode and redaction that previews have whatever a destination says
 * @param version of this product
 */
public record ConnectionSettings(
    String secretPrefix,
    List<String> defaultDestinations,
    ContentRules forced,
    AllowedHosts allowedHosts,
    ContentLimits limits,
    String serviceName,
    String version) {}
