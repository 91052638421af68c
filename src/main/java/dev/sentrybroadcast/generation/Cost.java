package dev.sentrybroadcast.generation;

import org.jspecify.annotations.Nullable;

/** US dollars; null where not known, never 0 for it. */
public record Cost(
    @Nullable Double total,
    @Nullable Double input,
    @Nullable Double output,
    @Nullable Double cacheRead,
    @Nullable Double cacheWrite,
    @Nullable Double reasoning) {

  public static final Cost NONE = new Cost(null, null, null, null, null, null);
}
