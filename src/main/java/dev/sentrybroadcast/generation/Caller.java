package dev.sentrybroadcast.generation;

import org.jspecify.annotations.Nullable;

/** On whose behalf the call was made. */
public record Caller(
    @Nullable String user,
    @Nullable String sessionId,
    @Nullable String apiKeyName,
    @Nullable String appName) {}
