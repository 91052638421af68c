package dev.sentrybroadcast.intake;

import org.jspecify.annotations.Nullable;

/**
 * Tells whether LiteLLM was told to leave the words out ({@code turn_off_message_logging}). Its
 * error texts still quote them then, so the record is taken for one of metadata only.
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
        || isWord(parts.response().get("text"))
        || isWord(parts.response().get("instructions"))
        || isWord(answer(parts.response()));
  }

  private static @Nullable JsonValue firstContent(@Nullable JsonValue messages) {
    if (messages != null && messages.isMembers()) {
      return JsonValue.members(messages).get("content");
    }
    if (messages instanceof JsonValue.Slice slice) {
      String content = slice.isElements() ? SliceReader.firstText(slice, "content") : null;
      return content == null ? null : new JsonValue.Text(content);
    }
    for (JsonValue message : JsonValue.elements(messages)) {
      return JsonValue.members(message).get("content");
    }
    return null;
  }

  private static @Nullable JsonValue answer(Fields response) {
    for (Fields choice : OutcomeReader.choices(response)) {
      return JsonValue.members(choice.get("message")).get("content");
    }
    return null;
  }

  private static boolean isWord(@Nullable JsonValue value) {
    return value != null && value.isText() && WORD.equals(JsonValue.text(value));
  }
}
