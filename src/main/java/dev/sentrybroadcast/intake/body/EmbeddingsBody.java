package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;

/**
 * Embeddings, as OpenAI, Cohere, Gemini and Ollama have them. The vectors are not read.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/embeddings">Embeddings</a>
 */
final class EmbeddingsBody implements ApiBody {

  private static final String[] INPUT = {
    "input", "texts", "inputs", "content", "requests", "prompt", "images"
  };

  @Override
  public boolean isRequest(Call call) {
    if (call.said() != null) {
      return call.said() == ApiType.EMBEDDINGS;
    }
    ObjectView request = call.request();
    return request.hasAny(INPUT)
        && !Conversation.isIn(request, "messages")
        && !call.response().isGiven("output")
        && (request.hasAny("dimensions", "encoding_format") || isResponse(call));
  }

  @Override
  public boolean isResponse(Call call) {
    ObjectView response = call.response();
    return !response.hasAny("output", "choices")
        && !ImagesBody.hasImages(call)
        && (response.json().get("data") instanceof JsonValue.Array
            || response.hasAny("embeddings", "embedding")
            || "list".equals(response.json().text("object")));
  }

  @Override
  public ApiRequest request(Call call) {
    ObjectView request = call.request();
    return ApiRequest.of(
        ApiType.EMBEDDINGS,
        request,
        new Exchange(
            null,
            null,
            null,
            Conversation.tools(request),
            Conversation.json(request.first(INPUT))));
  }

  @Override
  public ApiResponse response(Call call) {
    call.response().first("data", "embeddings", "embedding");
    return ApiResponse.of(ApiType.EMBEDDINGS, call.response(), List.of(), null);
  }
}
