package dev.sentrybroadcast.genai.content;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.PrivacyMode;
import org.jspecify.annotations.Nullable;

/** The privacy policy of one record, and the only place where content is revealed. */
public record ContentPolicy(PrivacyMode mode) {

  /** The content, or null where there is none or privacy mode withholds it. */
  public <T> @Nullable T reveal(@Nullable Content<T> content) {
    return content == null ? null : content.reveal(mode);
  }

  /** Bytes of UTF-8, which leave in privacy mode too. */
  public static long utf8Bytes(Content<JsonText> content) {
    JsonText json = content.reveal(PrivacyMode.OFF);
    return json == null ? 0 : SpanText.utf8Bytes(SpanText.clean(MessageJson.plain(json)));
  }
}
