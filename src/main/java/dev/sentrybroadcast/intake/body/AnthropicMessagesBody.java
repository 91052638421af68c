package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's Messages.
 *
 * @see <a href="https://docs.claude.com/en/api/messages">Messages</a>
 */
final class AnthropicMessagesBody implements ApiBody {

  @Override
  public boolean isRequest(Call call) {
    return call.request().has("messages") && call.request().hasAny("system", "anthropic_version");
  }

  @Override
  public boolean isResponse(Call call) {
    ObjectView response = call.response();
    String type = response.json().text("type");
    return response.has("stop_reason") || "message".equals(type) || "error".equals(type);
  }

  @Override
  public ApiRequest request(ObjectView request) {
    return ApiRequest.ofMessages(ApiType.MESSAGES, request, "messages");
  }

  @Override
  public ApiResponse response(Call call) {
    ObjectView response = call.response();
    String stopReason = response.word("stop_reason");
    JsonValue content = response.get("content");
    JsonObject details = response.objectIfAny("stop_details").json();
    return ApiResponse.of(
        ApiType.MESSAGES,
        call,
        stopReason,
        content,
        (answer, reason) -> output(answer, details, reason));
  }

  private static List<Message> output(
      JsonValue content, JsonObject stopDetails, @Nullable String stopReason) {
    List<Part> parts = ContentParts.of(content);
    if ("refusal".equals(stopDetails.text("type"))) {
      ContentParts.addRefusal(stopDetails.text("explanation"), parts);
    }
    return ContentParts.answer(parts, stopReason);
  }
}
