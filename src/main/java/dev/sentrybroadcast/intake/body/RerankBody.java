package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;

/**
 * Rerank, as Cohere, Jina and Voyage have it. The query is the input; the results are not read.
 *
 * @see <a href="https://docs.cohere.com/reference/rerank">Cohere's rerank</a>
 */
final class RerankBody implements ApiBody {

  @Override
  public boolean isRequest(Call call) {
    ObjectView request = call.request();
    return request.has("query")
        && request.has("documents")
        && !Conversation.isIn(request, "messages");
  }

  @Override
  public boolean isResponse(Call call) {
    return call.response().get("results") instanceof JsonValue.Array
        && !call.response().hasAny("choices", "output", "content");
  }

  @Override
  public ApiRequest request(Call call) {
    ObjectView request = call.request();
    return ApiRequest.of(
        ApiType.RERANK,
        request,
        Conversation.exchange(request, Conversation.in(request, "query"), ChatMessages::of));
  }

  @Override
  public ApiResponse response(Call call) {
    return ApiResponse.of(ApiType.RERANK, call.response(), null, null);
  }
}
