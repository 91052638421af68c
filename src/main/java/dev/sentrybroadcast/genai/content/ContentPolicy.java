package dev.sentrybroadcast.genai.content;

import static java.util.stream.Collectors.joining;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.PrivacyMode;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The privacy policy of one record, and the only place where content is revealed. */
public record ContentPolicy(PrivacyMode mode) {

  /** The content, or null where there is none or privacy mode withholds it. */
  public <T> @Nullable T reveal(@Nullable Content<T> content) {
    return content == null ? null : content.reveal(mode);
  }

  /**
   * Whether the texts of the contents match, all in one, a line each. For filters, which look at
   * content in privacy mode too: it does not leave by this.
   *
   * @param test gets null where there is no text
   */
  public static boolean matches(
      List<? extends Content<?>> contents, Predicate<@Nullable String> test) {
    String text =
        contents.stream()
            .map(content -> content.reveal(PrivacyMode.OFF))
            .flatMap(PlainText::of)
            .collect(joining("\n"));
    return test.test(text.isBlank() ? null : text);
  }

  /** Bytes of UTF-8, which leave in privacy mode too. */
  public static long utf8Bytes(Content<JsonText> content) {
    JsonText json = content.reveal(PrivacyMode.OFF);
    return json == null ? 0 : SpanText.utf8Bytes(SpanText.clean(MessageJson.plain(json)));
  }
}
