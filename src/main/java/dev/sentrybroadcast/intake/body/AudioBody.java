package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;
import java.util.List;

/**
 * OpenAI's audio: requests of speech, whose response is sound, and responses of transcriptions and
 * translations of sound.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/audio">Audio</a>
 */
final class AudioBody implements ApiBody {

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
  public ApiRequest request(Call call) {
    return ApiRequest.ofMessages(ApiType.SPEECH, call.request(), "input");
  }

  @Override
  public ApiResponse response(Call call) {
    JsonValue text = call.response().get("text");
    return ApiResponse.of(
        ApiType.TRANSCRIPTION,
        call.response(),
        List.of(),
        Content.deferred(() -> ContentParts.answer(ContentParts.of(text), null)));
  }
}
