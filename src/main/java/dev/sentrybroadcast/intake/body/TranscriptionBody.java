package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.intake.json.JsonValue;
import dev.sentrybroadcast.intake.json.ObjectView;

/**
 * Transcriptions and translations of sound, as OpenAI has them.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/audio">Audio</a>
 */
final class TranscriptionBody implements ApiBody {

  @Override
  public boolean isResponse(Call call) {
    ObjectView response = call.response();
    return response.json().text("text") != null
        && (call.said() == ApiType.TRANSCRIPTION
            || response.hasAny("segments", "words", "language")
            || "duration".equals(response.json().object("usage").text("type")));
  }

  @Override
  public ApiResponse response(Call call) {
    ObjectView response = call.response();
    JsonValue text = response.get("text");
    return ApiResponse.of(
        ApiType.TRANSCRIPTION,
        response,
        null,
        Content.deferred(() -> ContentParts.answer(ContentParts.of(text), null)));
  }
}
