package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Outcome;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.generation.Usage;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a response says.
 *
 * @param apiType null if responses of several APIs look like this one
 * @param system the system instructions, where the API repeats them
 * @param durationNanos how long the call took; null where the API does not say
 */
public record ApiResponse(
    @Nullable ApiType apiType,
    @Nullable String model,
    Usage usage,
    Outcome outcome,
    @Nullable Content<List<Message>> output,
    @Nullable Content<List<Part>> system,
    @Nullable Long durationNanos) {

  /**
   * Of a response with one finish reason.
   *
   * @param answer null where there is none
   * @param output converts the answer and its finish reason, which is null for a cancelled call
   * @param ids the fields of its id, before {@code id}
   */
  static <V> ApiResponse of(
      @Nullable ApiType apiType,
      Call call,
      @Nullable String reason,
      @Nullable V answer,
      BiFunction<V, @Nullable String, List<Message>> output,
      String... ids) {
    String ended = call.cancelled() ? null : reason;
    return of(
        apiType,
        call.response(),
        reasons(reason),
        Content.deferred(answer, given -> output.apply(given, ended)),
        ids);
  }

  /**
   * Of a response with model, usage and error where OpenAI has them.
   *
   * @param ids the fields of its id, before {@code id}
   */
  static ApiResponse of(
      @Nullable ApiType apiType,
      ObjectView response,
      List<String> finishReasons,
      @Nullable Content<List<Message>> output,
      String... ids) {
    String id = response.firstText(ids);
    return new ApiResponse(
        apiType,
        response.text("model"),
        TokenNames.ofResponse(response),
        new Outcome(
            id == null ? response.id("id") : id,
            finishReasons,
            response.word("native_finish_reason"),
            null,
            false,
            Failures.read(response, null)),
        output,
        null,
        null);
  }

  /** Of a response with one answer and no finish reason; {@code output} adds the answer's parts. */
  static ApiResponse ofParts(ApiType apiType, ObjectView response, Consumer<List<Part>> output) {
    return of(
        apiType,
        response,
        List.of(),
        Content.deferred(() -> {
          List<Part> parts = new ArrayList<>();
          output.accept(parts);
          return ContentParts.answer(parts, null);
        }));
  }

  /** With these where they are known. */
  ApiResponse with(@Nullable String otherModel, @Nullable Long duration) {
    return new ApiResponse(
        apiType, otherModel == null ? model : otherModel, usage, outcome, output, system, duration);
  }

  /** With how it ended, where the response itself does not say. */
  ApiResponse ended(
      @Nullable String nativeReason,
      boolean cancelled,
      @Nullable Failure failure,
      @Nullable Content<List<Part>> instructions) {
    Outcome ended =
        new Outcome(
            outcome.responseId(),
            outcome.finishReasons(),
            nativeReason == null ? outcome.nativeFinishReason() : nativeReason,
            null,
            cancelled,
            outcome.failure() == null ? failure : outcome.failure());
    return new ApiResponse(apiType, model, usage, ended, output, instructions, durationNanos);
  }

  /** The one finish reason; none where it is null. */
  static List<String> reasons(@Nullable String reason) {
    return reason == null ? List.of() : List.of(reason);
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
