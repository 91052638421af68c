package dev.sentrybroadcast.generation;

import org.jspecify.annotations.Nullable;

/**
 * One upstream that was tried.
 *
 * @param timing null when the record does not say
 * @param failure null when it answered; never null where the HTTP status is that of an error
 */
public record Attempt(
    @Nullable String provider,
    @Nullable String model,
    @Nullable Integer httpStatus,
    @Nullable Timing timing,
    @Nullable Failure failure) {}
