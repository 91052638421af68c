package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.PrivacyMode;
import org.jspecify.annotations.Nullable;

/** The privacy policy of one record: the one place where content is opened. */
record Disclosure(PrivacyMode mode) {

  /** The content, or null where there is none or it has to stay. */
  <T> @Nullable T of(@Nullable Content<T> content) {
    return content == null ? null : content.reveal(mode);
  }

  /** The provider's words, or the error's type where they are missing or have to stay. */
  String errorText(Failure failure) {
    String words = of(failure.message());
    return words == null || words.isBlank() ? failure.type() : words;
  }
}
