package dev.sentrybroadcast.intake.body;

import dev.sentrybroadcast.generation.ApiType;
import dev.sentrybroadcast.intake.json.ObjectView;

/**
 * Requests of OpenAI's speech. The response is sound.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/audio">Audio</a>
 */
final class SpeechBody implements ApiBody {

  @Override
  public boolean isRequest(Call call) {
    return call.request().has("voice")
        && call.request().has("input")
        && !Conversation.isIn(call.request(), "messages");
  }

  @Override
  public ApiRequest request(Call call) {
    ObjectView request = call.request();
    return ApiRequest.of(
        ApiType.SPEECH,
        request,
        Conversation.exchange(request, Conversation.in(request, "input"), ChatMessages::of));
  }
}
