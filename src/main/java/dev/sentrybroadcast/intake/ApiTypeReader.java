package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.ApiType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which API was called: as the record says, else by the shape of its bodies. */
final class ApiTypeReader {

  private ApiTypeReader() {}

  static ApiType read(Fields record, Fields request, Fields response) {
    String name = record.text("api_type");
    ApiType named = name == null ? null : named(name);
    if (named != null) {
      return named;
    }
    // OpenRouter says "completions" of chat too.
    if (name != null && !name.equalsIgnoreCase("completions")) {
      record.drop("api_type");
    }
    return byShape(request, response);
  }

  private static @Nullable ApiType named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "chat" -> ApiType.CHAT;
      case "completion", "text_completion" -> ApiType.COMPLETION;
      case "responses" -> ApiType.RESPONSES;
      case "messages" -> ApiType.MESSAGES;
      case "embeddings", "embedding" -> ApiType.EMBEDDINGS;
      case "rerank" -> ApiType.RERANK;
      case "image", "video" -> ApiType.IMAGE;
      case "speech", "tts" -> ApiType.SPEECH;
      case "transcription", "stt" -> ApiType.TRANSCRIPTION;
      default -> null;
    };
  }

  private static ApiType byShape(Fields request, Fields response) {
    JsonValue messages = request.get("messages");
    boolean elsewhere = request.has("input") || request.has("prompt");
    if (messages != null && !(elsewhere && messages.isBlank())) {
      return isAnthropic(request, response) ? ApiType.MESSAGES : ApiType.CHAT;
    }
    if (request.has("query") && request.has("documents")) {
      return ApiType.RERANK;
    }
    if (request.has("input")) {
      return byInput(request, response);
    }
    JsonValue prompt = request.get("prompt");
    if (prompt != null && !prompt.isMembers()) {
      return response.has("data") ? ApiType.IMAGE : ApiType.COMPLETION;
    }
    return ApiType.CHAT;
  }

  private static boolean isAnthropic(Fields request, Fields response) {
    return request.has("system")
        || response.has("stop_reason")
        || "error".equals(JsonValue.text(response.get("type")))
        || "message".equals(JsonValue.text(response.get("type")));
  }

  private static ApiType byInput(Fields request, Fields response) {
    JsonValue input = request.get("input");
    if (request.has("voice")) {
      return ApiType.SPEECH;
    }
    if (response.has("output") || "response".equals(JsonValue.text(response.get("object")))) {
      // The content of OpenRouter's /generation/content is an object of both kinds.
      return input != null && input.isMembers() ? ApiType.CHAT : ApiType.RESPONSES;
    }
    return response.has("data")
            || request.has("encoding_format")
            || request.has("dimensions")
            || "list".equals(JsonValue.text(response.get("object")))
        ? ApiType.EMBEDDINGS
        : ApiType.RESPONSES;
  }
}
