package dev.sentrybroadcast.intake.otlp;

import dev.sentrybroadcast.generation.Caller;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Usage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a span says, in the values that records have. Attributes that no value has are sent under
 * their own names.
 *
 * @param toolArguments of the tool that the span executes
 * @param toolResult of the tool that the span executes
 * @param read the names of the attributes that are in these values, and are not sent besides
 */
record SpanValues(
    Usage usage,
    Exchange exchange,
    @Nullable Content<JsonText> toolArguments,
    @Nullable Content<JsonText> toolResult,
    Caller caller,
    @Nullable String environment,
    @Nullable String release,
    Set<String> read) {}
