package dev.sentrybroadcast.generation;

import org.jspecify.annotations.Nullable;

/**
 * How the model was asked to answer; null where the request does not say.
 *
 * @param promptName the name or id of the prompt template; its variables are content
 */
public record RequestParameters(
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Long topK,
    @Nullable Long maxTokens,
    @Nullable Double frequencyPenalty,
    @Nullable Double presencePenalty,
    @Nullable String seed,
    @Nullable String reasoningLevel,
    @Nullable String promptName,
    @Nullable String promptVersion) {

  public static final RequestParameters NONE =
      new RequestParameters(null, null, null, null, null, null, null, null, null, null);

  /** With another prompt; the same where no name is given. */
  public RequestParameters withPrompt(@Nullable String name, @Nullable String version) {
    return name == null
        ? this
        : new RequestParameters(
            temperature,
            topP,
            topK,
            maxTokens,
            frequencyPenalty,
            presencePenalty,
            seed,
            reasoningLevel,
            name,
            version);
  }
}
