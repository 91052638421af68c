package dev.sentrybroadcast.intake;

import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Anthropic's Messages bodies have of their own; their {@code messages} are of {@link
 * ChatShape} with other parts.
 *
 * @see <a href="https://docs.claude.com/en/api/messages">Messages</a>
 */
final class AnthropicShape {

  private AnthropicShape() {}

  /** Of a request's {@code system}: a text or blocks. */
  static List<Part> system(JsonValue system) {
    return ContentParts.of(system);
  }

  /** Of a response's {@code content}; the words of a refusal stand beside it. */
  static List<Message> content(
      JsonValue content, @Nullable JsonValue stopDetails, @Nullable String stopReason) {
    List<Part> parts = ContentParts.of(content);
    JsonValue.Members details = JsonValue.members(stopDetails);
    if ("refusal".equals(JsonValue.text(details.get("type")))) {
      ContentParts.addRefusal(JsonValue.text(details.get("explanation")), parts);
    }
    return parts.isEmpty() ? List.of() : List.of(new Message("assistant", null, parts, stopReason));
  }
}
