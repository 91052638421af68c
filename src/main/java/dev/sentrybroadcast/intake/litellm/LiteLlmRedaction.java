package dev.sentrybroadcast.intake.litellm;

import dev.sentrybroadcast.intake.json.JsonObject;
import dev.sentrybroadcast.intake.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether LiteLLM left content out ({@code turn_off_message_logging}). Its error texts still quote
 * prompts then, so such a record is in privacy mode.
 *
 * @see <a href="https://github.com/BerriAI/litellm/issues/39385">Prompts in errors</a>
 */
final class LiteLlmRedaction {

  private static final String WORD = "redacted-by-litellm";

  private LiteLlmRedaction() {}

  static boolean isRedacted(LiteLlmRecord parts) {
    JsonValue messages = parts.record().get("messages");
    JsonValue response = parts.record().get("response");
    return isWord(messages)
        || isWord(firstContent(messages))
        || isWord(response)
        || isWord(parts.response().json().get("text"))
        || isWord(parts.response().json().get("instructions"))
        || isWord(answer(parts.response().json()));
  }

  private static @Nullable JsonValue firstContent(@Nullable JsonValue messages) {
    List<JsonValue> items = JsonValue.items(messages);
    return JsonObject.of(items.isEmpty() ? messages : items.getFirst()).get("content");
  }

  private static @Nullable JsonValue answer(JsonObject response) {
    List<JsonValue> choices = JsonValue.items(response.get("choices"));
    return choices.isEmpty()
        ? null
        : JsonObject.of(choices.getFirst()).object("message").get("content");
  }

  private static boolean isWord(@Nullable JsonValue value) {
    return WORD.equals(JsonValue.text(value));
  }
}
