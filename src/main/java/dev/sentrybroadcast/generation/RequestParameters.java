package dev.sentrybroadcast.generation;

import org.jspecify.annotations.Nullable;

/** How the model was asked to answer; null where the request does not say. */
public record RequestParameters(
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Long topK,
    @Nullable Long maxTokens,
    @Nullable Double frequencyPenalty,
    @Nullable Double presencePenalty,
    @Nullable String seed,
    @Nullable String reasoningLevel) {

  public static final RequestParameters NONE =
      new RequestParameters(null, null, null, null, null, null, null, null);
}
