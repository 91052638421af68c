package dev.sentrybroadcast.genai.content;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.PrivacyMode;
import org.jspecify.annotations.Nullable;

/** The privacy policy of one record, and the only place where content is revealed. */
public record ContentPolicy(PrivacyMode mode) {

  /** The content, or null where there is none or privacy mode withholds it. */
  <T> @Nullable T reveal(@Nullable Content<T> content) {
    return content == null ? null : content.reveal(mode);
  }
}
