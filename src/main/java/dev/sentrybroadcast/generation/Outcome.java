package dev.sentrybroadcast.generation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the generation ended.
 *
 * @param responseId the provider's id of the answer
 * @param finishReasons one per choice, as the producer wrote them; empty when cancelled
 * @param nativeFinishReason the serving provider's own word
 * @param streamed null when the record does not say
 * @param failure null when it did not fail
 */
public record Outcome(
    @Nullable String responseId,
    List<String> finishReasons,
    @Nullable String nativeFinishReason,
    @Nullable Boolean streamed,
    boolean cancelled,
    @Nullable Failure failure) {

  public Outcome {
    finishReasons = List.copyOf(finishReasons);
  }
}
