package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.ArrayList;
import java.util.List;

/**
 * Cohere's chat, version 2 and 1. Requests of version 2 look like OpenAI's.
 *
 * @see <a href="https://docs.cohere.com/reference/chat">Chat</a>
 */
final class CohereBody implements ApiBody {

  @Override
  public boolean isRequest(Call call) {
    JsonObject request = call.request().json();
    return request.text("message") != null
        && (request.first("chat_history", "preamble", "connectors", "conversation_id") != null
            || (call.request() != call.response() && !request.has("messages")));
  }

  @Override
  public boolean isResponse(Call call) {
    JsonObject response = call.response().json();
    return (response.get("message") instanceof JsonObject && response.has("finish_reason"))
        || (response.text("text") != null && response.first("generation_id", "meta") != null);
  }

  @Override
  public ApiRequest request(ObjectView request) {
    List<JsonValue> messages = new ArrayList<>(JsonValue.items(request.get("chat_history")));
    messages.add(JsonObject.NONE.with("message", request.get("message")));
    if (request.has("tool_results")) {
      messages.add(JsonObject.NONE.with("tool_results", request.get("tool_results")));
    }
    return ApiRequest.of(ApiType.CHAT, request, new JsonValue.Array(messages), CohereBody::input);
  }

  @Override
  public ApiResponse response(Call call) {
    ObjectView response = call.response();
    String reason = response.word("finish_reason");
    JsonValue message = response.get("message");
    JsonObject answer =
        message instanceof JsonObject version2
            ? version2
            : JsonObject.NONE
                .with("content", response.get("text"))
                .with("tool_calls", response.get("tool_calls"))
                .with("citations", response.get("citations"));
    return ApiResponse.of(
        ApiType.CHAT,
        call,
        reason,
        answer,
        (said, ended) -> ChatMessages.answer(said, ApiResponse.inMessage(ended)),
        "generation_id");
  }

  @Override
  public String provider() {
    return "cohere";
  }

  private static List<Message> input(JsonValue messages) {
    return JsonValue.items(messages).stream()
        .map(JsonObject::of)
        .map(turn ->
            new Message(
                role(turn),
                null,
                ContentParts.of(turn.first("message", "tool_results", "tool_calls")),
                null))
        .toList();
  }

  private static String role(JsonObject turn) {
    if (turn.has("tool_results")) {
      return "tool";
    }
    return "CHATBOT".equals(turn.text("role")) ? "assistant" : "user";
  }
}
