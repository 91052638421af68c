package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rerank, as Cohere, Jina and Voyage have it: the query and the documents are the input, the
 * results the output.
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
    return results(call) != null && !call.response().hasAny("choices", "output", "content");
  }

  /** The field of the results; null where there is none. */
  private static @Nullable String results(Call call) {
    for (String field : List.of("results", "data")) {
      List<JsonValue> items = JsonValue.items(call.response().json().get(field));
      if (!items.isEmpty()
          && JsonObject.of(items.getFirst()).first("relevance_score", "score") != null) {
        return field;
      }
    }
    boolean none =
        call.response().json().get("results") instanceof JsonValue.Array(var items)
            && items.isEmpty();
    return none && call.request().has("documents") ? "results" : null;
  }

  @Override
  public ApiRequest request(Call call) {
    ObjectView request = call.request();
    List<JsonValue> asked = new ArrayList<>();
    asked.add(Objects.requireNonNullElse(request.get("query"), JsonValue.Null.NULL));
    asked.addAll(JsonValue.items(request.get("documents")));
    return ApiRequest.of(
        ApiType.RERANK,
        request,
        Conversation.exchange(
            request,
            new JsonValue.Array(asked),
            all -> List.of(new Message("user", null, ContentParts.of(all), null))));
  }

  @Override
  public ApiResponse response(Call call) {
    ObjectView response = call.response();
    String field = Objects.requireNonNull(results(call));
    List<JsonValue> results = JsonValue.items(response.get(field));
    return ApiResponse.of(
        ApiType.RERANK, response, List.of(), Content.deferred(() -> output(results)));
  }

  private static List<Message> output(List<JsonValue> results) {
    List<Part> parts = new ArrayList<>();
    results.forEach(result -> ContentParts.addJson(result, parts));
    return ContentParts.answer(parts, null);
  }
}
