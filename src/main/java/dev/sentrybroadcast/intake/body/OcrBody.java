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
import org.jspecify.annotations.Nullable;

/**
 * Mistral's OCR.
 *
 * @see <a href="https://docs.mistral.ai/api/endpoint/ocr">OCR</a>
 */
final class OcrBody implements ApiBody {

  @Override
  public boolean isRequest(Call call) {
    return call.request().json().get("document") instanceof JsonObject
        && !Conversation.isIn(call.request(), "messages");
  }

  @Override
  public boolean isResponse(Call call) {
    return call.response().json().get("pages") instanceof JsonValue.Array;
  }

  @Override
  public ApiRequest request(Call call) {
    ObjectView request = call.request();
    JsonValue document = request.get("document");
    return ApiRequest.ofMessage(
        ApiType.OTHER,
        request,
        JsonObject.NONE.with(
            "content", document == null ? null : new JsonValue.Array(List.of(document))));
  }

  @Override
  public ApiResponse response(Call call) {
    ObjectView response = call.response();
    List<JsonValue> pages = JsonValue.items(response.get("pages"));
    JsonValue annotation = response.get("document_annotation");
    return ApiResponse.of(
        ApiType.OTHER, response, List.of(), Content.deferred(() -> output(pages, annotation)));
  }

  private static List<Message> output(List<JsonValue> pages, @Nullable JsonValue annotation) {
    List<Part> parts = new ArrayList<>();
    for (JsonValue item : pages) {
      JsonObject page = JsonObject.of(item);
      ContentParts.add(page.first("markdown", "text"), parts);
      for (JsonValue each : JsonValue.items(page.get("images"))) {
        JsonObject image = JsonObject.of(each);
        MediaParts.addImage(image.text("image_base64"), parts);
        ContentParts.add(image.get("image_annotation"), parts);
      }
      ContentParts.addOther("tables", page.get("tables"), parts);
    }
    ContentParts.add(annotation, parts);
    return ContentParts.answer(parts, null);
  }
}
