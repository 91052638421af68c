package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.genai.ContentLimits;
import dev.sentrybroadcast.generation.ContentRules;
import java.time.Duration;
import java.util.List;

/**
 * The rules of a deployment that no destination can loosen.
 *
 * @param defaultDestinations where a record goes that names no destination; not empty
 * @param forced privacy mode and redaction that hold whatever a destination says
 * @param limits how much content of a generation may leave
 * @param oldRecord the age from which a record counts as old: Sentry drops spans that are older
 *     than the project's retention, after it has accepted them
 * @param maxRequestBytes the most that one OTLP request may hold, before compression
 * @param client how we name ourselves to Sentry, as {@code sentry-broadcast/0.1.0}
 */
public record DeliverySettings(
    List<String> defaultDestinations,
    ContentRules forced,
    ContentLimits limits,
    Duration oldRecord,
    int maxRequestBytes,
    String client) {}
