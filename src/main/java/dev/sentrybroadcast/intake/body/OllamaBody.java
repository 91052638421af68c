package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;

/**
 * Ollama's {@code /api/chat} and {@code /api/generate}, with counts and durations at the top.
 *
 * @see <a href="https://github.com/ollama/ollama/blob/main/docs/api.md">Ollama's API</a>
 */
final class OllamaBody implements ApiBody {

  private static final TokenNames TOKENS =
      new TokenNames(
          usage -> usage.hasAny("prompt_eval_count", "eval_count"),
          List.of("prompt_eval_count"),
          List.of("eval_count"),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          false);

  @Override
  public boolean isRequest(Call call) {
    ObjectView request = call.request();
    return request.json().text("prompt") != null
        && (request.hasAny("images", "keep_alive", "options") || call.response().has("done"));
  }

  @Override
  public boolean isResponse(Call call) {
    JsonObject response = call.response().json();
    return (response.get("message") instanceof JsonObject || response.text("response") != null)
        && !call.response().isGiven("choices")
        && response.first("output", "content") == null;
  }

  /** Of {@code /api/generate}; those of {@code /api/chat} look like OpenAI's. */
  @Override
  public ApiRequest request(Call call) {
    ObjectView request = call.request();
    JsonObject message =
        JsonObject.NONE
            .with("content", request.get("prompt"))
            .with("images", request.get("images"));
    return ApiRequest.of(
        ApiType.COMPLETION,
        request,
        Conversation.exchange(request, new JsonValue.Array(List.of(message)), ChatMessages::of));
  }

  @Override
  public ApiResponse response(Call call) {
    ObjectView response = call.response();
    String reason = response.word(response.has("done_reason") ? "done_reason" : "finish_reason");
    JsonValue message = response.get("message");
    JsonObject answer =
        message instanceof JsonObject chat
            ? chat
            : JsonObject.NONE
                .with("thinking", response.get("thinking"))
                .with("content", response.get("response"));
    String ended = call.cancelled() ? null : reason;
    return ApiResponse.of(
            null,
            response,
            reason,
            Content.deferred(() -> List.of(ChatMessages.message(answer, "assistant", ended))))
        .with(null, null, response.has("total_duration") ? response.count("total_duration") : null);
  }

  @Override
  public ObjectView usage(ObjectView response) {
    return response;
  }

  @Override
  public TokenNames tokens() {
    return TOKENS;
  }
}
