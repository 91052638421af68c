package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's Responses.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses">Responses</a>
 */
final class OpenAiResponsesBody implements ApiBody {

  @Override
  public boolean isRequest(Call call) {
    return Conversation.isIn(call.request(), "input");
  }

  @Override
  public boolean isResponse(Call call) {
    return call.response().isGiven("output")
        || "response".equals(call.response().json().text("object"));
  }

  @Override
  public ApiRequest request(ObjectView request) {
    return ApiRequest.of(
        ApiType.RESPONSES, request, Conversation.in(request, "input"), ResponseItems::input);
  }

  @Override
  public ApiResponse response(Call call) {
    JsonValue output = call.response().get("output");
    JsonValue text = call.response().get("output_text");
    JsonValue answer = output == null || output.isBlank() ? text : output;
    return withStatus(ApiType.RESPONSES, call, null, answer, ResponseItems::output);
  }

  /** A response whose {@code status} says how it ended, unless it has a finish reason. */
  static ApiResponse withStatus(
      @Nullable ApiType apiType,
      Call call,
      @Nullable String given,
      @Nullable JsonValue answer,
      BiFunction<JsonValue, @Nullable String, List<Message>> output) {
    ObjectView response = call.response();
    String status = response.textIfAny("status");
    boolean cancelled = "cancelled".equals(status);
    String reason = given == null ? finishReason(response, status) : given;
    JsonValue instructions = response.get("instructions");
    return ApiResponse.of(apiType, cancelled ? call.asCancelled() : call, reason, answer, output)
        .ended(
            null,
            cancelled,
            "failed".equals(status) ? Failures.unnamed() : null,
            Content.deferred(instructions, ContentParts::of));
  }

  private static @Nullable String finishReason(ObjectView response, @Nullable String status) {
    return switch (status) {
      case "completed", "failed" -> status;
      case "incomplete" -> {
        String reason = response.objectIfAny("incomplete_details").word("reason");
        yield reason == null ? status : reason;
      }
      case null, default -> null;
    };
  }
}
