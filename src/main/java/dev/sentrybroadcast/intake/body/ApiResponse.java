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
    @Nullable Content<List<Part>> system) {

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
        ApiBodies.usage(response.objectIfAny("usage")),
        finishReason == null ? List.of() : List.of(finishReason),
        response.word("native_finish_reason"),
        false,
        Failures.read(response, null),
        output,
        null);
  }
}
