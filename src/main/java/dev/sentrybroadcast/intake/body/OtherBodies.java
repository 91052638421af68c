package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Exchange;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** APIs without a conversation: rerank, embeddings, audio, images, OCR. */
final class OtherBodies {

  private OtherBodies() {}

  /**
   * Rerank, as Cohere, Jina and Voyage have it: the query and the documents are the input, the
   * results the output.
   *
   * @see <a href="https://docs.cohere.com/reference/rerank">Cohere's rerank</a>
   */
  static final class Rerank implements ApiBody {

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
      JsonObject response = call.response().json();
      for (String field : List.of("results", "data")) {
        if (JsonObject.firstOf(response.get(field)).first("relevance_score", "score") != null) {
          return field;
        }
      }
      boolean none = response.get("results") instanceof JsonValue.Array items && items.isBlank();
      return none && call.request().has("documents") ? "results" : null;
    }

    @Override
    public ApiRequest request(ObjectView request) {
      List<JsonValue> asked = new ArrayList<>();
      asked.add(Objects.requireNonNullElse(request.get("query"), JsonValue.Null.NULL));
      asked.addAll(JsonValue.items(request.get("documents")));
      return ApiRequest.of(
          ApiType.RERANK,
          request,
          new JsonValue.Array(asked),
          all -> List.of(new Message("user", null, ContentParts.of(all), null)));
    }

    @Override
    public ApiResponse response(Call call) {
      String field = Objects.requireNonNull(results(call));
      List<JsonValue> results = JsonValue.items(call.response().get(field));
      return ApiResponse.ofParts(
          ApiType.RERANK,
          call.response(),
          parts -> results.forEach(result -> ContentParts.addJson(result, parts)));
    }
  }

  /**
   * Embeddings, as OpenAI, Cohere, Gemini and Ollama have them. The vectors are not read.
   *
   * @see <a href="https://platform.openai.com/docs/api-reference/embeddings">Embeddings</a>
   */
  static final class Embeddings implements ApiBody {

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
          && !Images.areIn(call)
          && (response.json().get("data") instanceof JsonValue.Array
              || response.hasAny("embeddings", "embedding")
              || "list".equals(response.json().text("object")));
    }

    @Override
    public ApiRequest request(ObjectView request) {
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

  /**
   * OpenAI's audio: requests of speech, whose response is sound, and responses of transcriptions
   * and translations of sound.
   *
   * @see <a href="https://platform.openai.com/docs/api-reference/audio">Audio</a>
   */
  static final class Audio implements ApiBody {

    @Override
    public boolean isRequest(Call call) {
      return call.request().has("voice")
          && call.request().has("input")
          && !Conversation.isIn(call.request(), "messages");
    }

    @Override
    public boolean isResponse(Call call) {
      ObjectView response = call.response();
      return response.json().text("text") != null
          && (call.said() == ApiType.TRANSCRIPTION
              || response.hasAny("segments", "words", "language")
              || "duration".equals(response.json().object("usage").text("type")));
    }

    @Override
    public ApiRequest request(ObjectView request) {
      return ApiRequest.ofMessages(ApiType.SPEECH, request, "input");
    }

    @Override
    public ApiResponse response(Call call) {
      JsonValue text = call.response().get("text");
      return ApiResponse.ofParts(
          ApiType.TRANSCRIPTION, call.response(), parts -> ContentParts.add(text, parts));
    }
  }

  /**
   * Responses of OpenAI's images. Their requests look like text completions.
   *
   * @see <a href="https://platform.openai.com/docs/api-reference/images">Images</a>
   */
  static final class Images implements ApiBody {

    @Override
    public boolean isResponse(Call call) {
      return !call.response().hasAny("output", "choices") && areIn(call);
    }

    private static boolean areIn(Call call) {
      return call.response().json().get("data") instanceof JsonValue.Array data
          && (data.isBlank()
              ? call.request().has("prompt")
              : JsonObject.firstOf(data).first("url", "b64_json", "revised_prompt") != null);
    }

    @Override
    public ApiResponse response(Call call) {
      List<JsonValue> images = JsonValue.items(call.response().get("data"));
      return ApiResponse.ofParts(
          ApiType.IMAGE,
          call.response(),
          parts -> images.forEach(each -> add(JsonObject.of(each), parts)));
    }

    private static void add(JsonObject image, List<Part> parts) {
      MediaParts.addImage(JsonValue.text(image.first("b64_json", "url")), parts);
      ContentParts.addText(image.text("revised_prompt"), parts);
    }
  }

  /**
   * Mistral's OCR.
   *
   * @see <a href="https://docs.mistral.ai/api/endpoint/ocr">OCR</a>
   */
  static final class Ocr implements ApiBody {

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
    public ApiRequest request(ObjectView request) {
      JsonValue document = request.object("document").json();
      return ApiRequest.ofMessage(
          ApiType.OTHER,
          request,
          JsonObject.NONE.with("content", new JsonValue.Array(List.of(document))));
    }

    @Override
    public ApiResponse response(Call call) {
      List<JsonValue> pages = JsonValue.items(call.response().get("pages"));
      JsonValue annotation = call.response().get("document_annotation");
      return ApiResponse.ofParts(
          ApiType.OTHER,
          call.response(),
          parts -> {
            pages.forEach(page -> add(JsonObject.of(page), parts));
            ContentParts.add(annotation, parts);
          });
    }

    private static void add(JsonObject page, List<Part> parts) {
      ContentParts.add(page.first("markdown", "text"), parts);
      for (JsonValue each : JsonValue.items(page.get("images"))) {
        JsonObject image = JsonObject.of(each);
        MediaParts.addImage(image.text("image_base64"), parts);
        ContentParts.add(image.get("image_annotation"), parts);
      }
      ContentParts.addOther("tables", page.get("tables"), parts);
    }
  }
}
