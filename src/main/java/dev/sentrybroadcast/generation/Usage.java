package dev.sentrybroadcast.generation;

import org.jspecify.annotations.Nullable;

/**
 * Token counts in Sentry's meaning: input includes cached and cache-written, output includes
 * reasoning. Null is not known, 0 is reported as zero.
 */
public record Usage(
    @Nullable Long inputTokens,
    @Nullable Long outputTokens,
    @Nullable Long totalTokens,
    @Nullable Long cacheReadInputTokens,
    @Nullable Long cacheWriteInputTokens,
    @Nullable Long reasoningOutputTokens) {

  public static final Usage NONE = new Usage(null, null, null, null, null, null);
}
