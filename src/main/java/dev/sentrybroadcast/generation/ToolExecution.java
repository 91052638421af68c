package dev.sentrybroadcast.generation;

import org.jspecify.annotations.Nullable;

/**
 * One tool that was really run.
 *
 * @param timing null when the record does not say
 * @param failure null when it succeeded
 */
public record ToolExecution(
    @Nullable String id,
    String name,
    @Nullable Content<String> description,
    @Nullable Content<JsonText> arguments,
    @Nullable Content<JsonText> result,
    @Nullable Timing timing,
    @Nullable Failure failure) {}
