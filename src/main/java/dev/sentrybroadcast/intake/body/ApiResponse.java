package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.generation.Usage;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a response says.
 *
 * @param apiType null if responses of several APIs look like this one
 * @param nativeFinishReason the serving provider's own word
 * @param failure null when it did not fail
 * @param system the system instructions, where the API repeats them
 * @param durationNanos how long the call took; null where the API does not say
 */
public record ApiResponse(
    @Nullable ApiType apiType,
    @Nullable String id,
    @Nullable String model,
    Usage usage,
    List<String> finishReasons,
    @Nullable String nativeFinishReason,
    boolean cancelled,
    @Nullable Failure failure,
    @Nullable Content<List<Message>> output,
    @Nullable Content<List<Part>> system,
    @Nullable Long durationNanos) {

  /** Of a response with id, model, usage and error where OpenAI has them. */
  static ApiResponse of(
      @Nullable ApiType apiType,
      ObjectView response,
      @Nullable String finishReason,
      @Nullable Content<List<Message>> output) {
    return new ApiResponse(
        apiType,
        response.id("id"),
        response.text("model"),
        ApiBodies.usageOf(response),
        finishReason == null ? List.of() : List.of(finishReason),
        response.word("native_finish_reason"),
        false,
        Failures.read(response, null),
        output,
        null,
        null);
  }

  /** With these where they are known. */
  ApiResponse with(@Nullable String otherId, @Nullable String otherModel, @Nullable Long duration) {
    return new ApiResponse(
        apiType,
        otherId == null ? id : otherId,
        otherModel == null ? model : otherModel,
        usage,
        finishReasons,
        nativeFinishReason,
        cancelled,
        failure,
        output,
        system,
        duration);
  }

  /** With the finish reasons, and the native one, where there are some. */
  ApiResponse finished(List<String> reasons, @Nullable String nativeReason) {
    return new ApiResponse(
        apiType,
        id,
        model,
        usage,
        reasons.isEmpty() ? finishReasons : reasons,
        nativeReason == null ? nativeFinishReason : nativeReason,
        cancelled,
        failure,
        output,
        system,
        durationNanos);
  }

  /** With how it ended, where the response itself has no error. */
  ApiResponse ended(
      boolean wasCancelled, @Nullable Failure other, @Nullable Content<List<Part>> instructions) {
    return new ApiResponse(
        apiType,
        id,
        model,
        usage,
        finishReasons,
        nativeFinishReason,
        wasCancelled,
        failure == null ? other : failure,
        output,
        instructions,
        durationNanos);
  }

  /** The reason as OpenAI writes it, for the message that ended with it. */
  static @Nullable String inMessage(@Nullable String reason) {
    return switch (reason) {
      case "STOP", "COMPLETE", "STOP_SEQUENCE" -> "stop";
      case "MAX_TOKENS" -> "length";
      case "TOOL_CALL" -> "tool_call";
      case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY" ->
          "content_filter";
      case "ERROR_TOXIC", "guardrail_intervened", "content_filtered" -> "content_filter";
      case null, default -> reason;
    };
  }
}
