package dev.sentrybroadcast.generation;

import org.jspecify.annotations.Nullable;

/**
 * Why a generation, an attempt or a tool failed.
 *
 * @param type of low cardinality and never free text: the provider's type or code where it looks
 *     like an identifier, else the HTTP status, else {@code _OTHER}
 * @param httpStatus null when not known
 * @param message the provider's words, which may quote the prompt; null when there are none
 */
public record Failure(
    String type, @Nullable Integer httpStatus, @Nullable Content<String> message) {}
