package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;

/**
 * Ollama's {@code /api/chat} and {@code /api/generate}, with counts and durations at the top.
 *
 * @see <a href="https://github.com/ollama/ollama/blob/main/docs/api.md">Ollama's API</a>
 */
final class OllamaBody implements ApiBody {

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
  public ApiRequest request(ObjectView request) {
    return ApiRequest.ofMessage(
        ApiType.COMPLETION,
        request,
        JsonObject.NONE
            .with("content", request.get("prompt"))
            .with("images", request.get("images")));
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
    return ApiResponse.of(null, call, reason, answer, ChatMessages::answer)
        .with(null, response.has("total_duration") ? response.count("total_duration") : null);
  }
}
