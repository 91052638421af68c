package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;

/**
 * Responses of Ollama: one message, or one text. Its requests look like OpenAI's.
 *
 * @see <a href="https://github.com/ollama/ollama/blob/main/docs/api.md">Ollama's API</a>
 */
final class OllamaBody implements ApiBody {

  @Override
  public boolean isResponse(Call call) {
    JsonObject response = call.response().json();
    return response.get("message") instanceof JsonObject || response.text("response") != null;
  }

  @Override
  public ApiResponse response(Call call) {
    ObjectView response = call.response();
    JsonObject json = response.json();
    JsonValue text = json.get("response");
    String reason = response.word(response.has("done_reason") ? "done_reason" : "finish_reason");
    return ApiResponse.of(
        null,
        response,
        reason,
        Content.deferred(() ->
            json.get("message") instanceof JsonObject
                ? ChatMessages.ofChoices(List.of(json), call.cancelled())
                : ContentParts.answer(ContentParts.of(text), call.cancelled() ? null : reason)));
  }
}
