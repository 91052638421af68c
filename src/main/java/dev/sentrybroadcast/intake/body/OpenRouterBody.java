package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * OpenRouter's {@code /generation} and {@code /generation/content}, whose input and output are
 * objects.
 *
 * @see <a href="https://openrouter.ai/docs/api-reference/get-a-generation">Get a generation</a>
 */
final class OpenRouterBody implements ApiBody {

  @Override
  public boolean isRequest(Call call) {
    return call.request().json().object("input").first("messages", "prompt", "content", "parts")
        != null;
  }

  @Override
  public boolean isResponse(Call call) {
    return !call.response().json().object("output").isEmpty();
  }

  @Override
  public ApiRequest request(ObjectView request) {
    return ApiRequest.ofMessages(ApiType.CHAT, request, "input");
  }

  @Override
  public ApiResponse response(Call call) {
    ObjectView response = call.response();
    JsonObject output = response.objectIfAny("output").json();
    String reason = response.word("finish_reason");
    return ApiResponse.of(null, call, reason, output, OpenRouterBody::output);
  }

  private static List<Message> output(JsonObject output, @Nullable String finishReason) {
    if (!output.has("reasoning") && !output.has("completion")) {
      return ResponseItems.output(output, finishReason);
    }
    List<Part> parts = new ArrayList<>();
    ContentParts.addReasoning(output.text("reasoning"), parts);
    ContentParts.addText(output.text("completion"), parts);
    return ContentParts.answer(parts, finishReason);
  }
}
