package dev.sentrybroadcast.genai.content;

import static java.util.stream.Collectors.joining;

import dev.sentrybroadcast.genai.redaction.RedactionCounts;
import dev.sentrybroadcast.genai.redaction.Redactor;
import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.PrivacyMode;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The privacy policy of one span, and the only place where content is revealed. So what is revealed
 * is redacted, before it is cut.
 */
public final class ContentPolicy {

  private final PrivacyMode mode;
  private final @Nullable Redactor redactor;
  private final RedactionCounts counts = new RedactionCounts();

  /**
   * @param redactor null to reveal content as it is
   */
  public ContentPolicy(PrivacyMode mode, @Nullable Redactor redactor) {
    this.mode = mode;
    this.redactor = redactor;
  }

  /** The same policy, which counts for another span. */
  public ContentPolicy ofAnotherSpan() {
    return new ContentPolicy(mode, redactor);
  }

  /** The content, or null where there is none or privacy mode withholds it. */
  public <T> @Nullable T reveal(@Nullable Content<T> content) {
    T revealed = content == null ? null : content.reveal(mode);
    return revealed == null || redactor == null
        ? revealed
        : new ContentRedaction(redactor, counts).of(revealed);
  }

  /** How often each kind was redacted in what was revealed. */
  public Map<String, Long> redacted() {
    return counts.byName();
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
