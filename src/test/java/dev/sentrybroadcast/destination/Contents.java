package dev.sentrybroadcast.destination;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import dev.sentrybroadcast.generation.PrivacyMode;
import java.util.List;
import java.util.stream.Collectors;

/** Tests of content for tests of rules. */
final class Contents {

  /** For records without content. */
  static final ContentTest NONE = (_, test) -> test.test(null);

  /** Fails a test that reads content. */
  static final ContentTest UNREAD =
      (_, _) -> {
        throw new AssertionError("content was read");
      };

  /** The texts of messages that consist of text alone. */
  static final ContentTest TEXTS =
      (contents, test) -> {
        String text = contents.stream().map(Contents::text).collect(Collectors.joining("\n"));
        return test.test(text.isBlank() ? null : text);
      };

  private Contents() {}

  private static String text(Content<?> content) {
    return content.reveal(PrivacyMode.OFF) instanceof List<?> messages
        ? messages.stream()
            .flatMap(message -> ((Message) message).parts().stream())
            .map(part -> ((Part.Text) part).text())
            .collect(Collectors.joining("\n"))
        : "";
  }
}
