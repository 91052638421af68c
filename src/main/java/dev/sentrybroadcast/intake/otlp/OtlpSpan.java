package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.intake.json.ObjectView;
import org.jspecify.annotations.Nullable;

/**
 * A span as its producer sent it.
 *
 * @param scope the name of its instrumentation scope
 */
record OtlpSpan(ObjectView json, @Nullable String scope, OtlpAttributes attributes) {}
