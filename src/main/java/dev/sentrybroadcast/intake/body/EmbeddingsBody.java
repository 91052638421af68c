package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;

/**
 * OpenAI's embeddings. The vectors are not read.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/embeddings">Embeddings</a>
 */
final class EmbeddingsBody implements ApiBody {

  @Override
  public boolean isRequest(Call call) {
    if (call.said() != null) {
      return call.said() == ApiType.EMBEDDINGS;
    }
    ObjectView request = call.request();
    return request.has("input")
        && !Conversation.isIn(request, "messages")
        && !call.response().isGiven("output")
        && (request.hasAny("dimensions", "encoding_format") || isResponse(call));
  }

  @Override
  public boolean isResponse(Call call) {
    ObjectView response = call.response();
    return !response.hasAny("output", "choices")
        && !ImagesBody.hasImages(call)
        && (response.get("data") instanceof JsonValue.Array
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
            Conversation.json(request.json().first("tools", "functions")),
            Conversation.json(request.get("input"))));
  }

  @Override
  public ApiResponse response(Call call) {
    return ApiResponse.of(ApiType.EMBEDDINGS, call.response(), null, null);
  }
}
