package dev.sentrybroadcast.generation;

import org.jspecify.annotations.Nullable;

/**
 * Which model was asked, and which answered.
 *
 * @param provider who served it, as the producer spells it
 * @param requested the model asked for, in the producer's spelling
 * @param responded the model that answered
 */
public record Model(
    @Nullable String provider, @Nullable String requested, @Nullable String responded) {}
