package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Responses of OpenAI's images. Their requests look like text completions.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/images">Images</a>
 */
final class ImagesBody implements ApiBody {

  @Override
  public boolean isResponse(Call call) {
    return !call.response().hasAny("output", "choices") && hasImages(call);
  }

  static boolean hasImages(Call call) {
    if (!(call.response().json().get("data") instanceof JsonValue.Array(var items))) {
      return false;
    }
    return items.isEmpty()
        ? call.request().has("prompt")
        : JsonObject.of(items.getFirst()).first("url", "b64_json", "revised_prompt") != null;
  }

  @Override
  public ApiResponse response(Call call) {
    List<JsonValue> images = JsonValue.items(call.response().get("data"));
    return ApiResponse.of(
        ApiType.IMAGE, call.response(), List.of(), Content.deferred(() -> output(images)));
  }

  private static List<Message> output(List<JsonValue> images) {
    List<Part> parts = new ArrayList<>();
    for (JsonValue item : images) {
      JsonObject image = JsonObject.of(item);
      MediaParts.addImage(JsonValue.text(image.first("b64_json", "url")), parts);
      ContentParts.addText(image.text("revised_prompt"), parts);
    }
    return ContentParts.answer(parts, null);
  }
}
