package dev.sentrybroadcast.genai.content;

import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import io.opentelemetry.api.common.AttributeKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One content attribute, or the status message, in full and shortened on demand. */
final class ContentPiece {

  private final @Nullable AttributeKey<String> key;
  private final String full;
  private final int bytes;
  private final Truncation truncation;
  private int allowed = Integer.MAX_VALUE;

  /** {@code key}: null for the status message. */
  private ContentPiece(@Nullable AttributeKey<String> key, String full, Truncation truncation) {
    this.key = key;
    this.full = full;
    this.bytes = SpanText.utf8Bytes(full);
    this.truncation = truncation;
  }

  static ContentPiece messages(AttributeKey<String> key, List<Message> messages, boolean output) {
    int kept = output ? 0 : lastUserMessage(messages);
    return new ContentPiece(
        key,
        MessageJson.ofMessages(messages),
        bytes -> {
          List<Message> shortened = MessageTruncator.messages(messages, kept, bytes);
          return shortened == null ? null : MessageJson.ofMessages(shortened);
        });
  }

  static ContentPiece parts(AttributeKey<String> key, List<Part> parts) {
    return new ContentPiece(
        key,
        MessageJson.ofParts(parts),
        bytes -> {
          List<Part> shortened = MessageTruncator.parts(parts, bytes);
          return shortened == null ? null : MessageJson.ofParts(shortened);
        });
  }

  /** JSON that is too long becomes a JSON string of its head and tail. */
  static ContentPiece json(AttributeKey<String> key, JsonText json) {
    String full = json.json().isBlank() ? "null" : SpanText.clean(json.json());
    return new ContentPiece(
        key,
        full,
        bytes -> {
          String shortened = TextTruncator.inJson(full, bytes - 2);
          return shortened == null ? null : SpanText.quoted(shortened);
        });
  }

  static ContentPiece text(@Nullable AttributeKey<String> key, String text) {
    String full = SpanText.clean(text);
    return new ContentPiece(key, full, bytes -> TextTruncator.plain(full, bytes));
  }

  @Nullable AttributeKey<String> key() {
    return key;
  }

  /** In full, as UTF-8. */
  int bytes() {
    return bytes;
  }

  void allow(int mostBytes) {
    allowed = mostBytes;
  }

  boolean isCut() {
    return bytes > allowed;
  }

  /** What may leave; null where there is no room for anything. */
  @Nullable String allowed() {
    return isCut() ? truncation.within(allowed) : full;
  }

  private static int lastUserMessage(List<Message> messages) {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).role().equals("user")) {
        return i;
      }
    }
    return messages.size() - 1;
  }

  private interface Truncation {
    @Nullable String within(int bytes);
  }
}
