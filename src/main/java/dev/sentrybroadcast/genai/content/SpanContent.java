package dev.sentrybroadcast.genai.content;

import dev.sentrybroadcast.generation.Content;
import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.JsonText;
import dev.sentrybroadcast.generation.Message;
import dev.sentrybroadcast.generation.Part;
import io.opentelemetry.api.common.AttributeKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** All content of one span that the privacy policy reveals, cut to what may leave. */
public final class SpanContent {

  private final ContentPolicy policy;
  private final int attributeBytes;
  private final List<ContentPiece> pieces = new ArrayList<>();
  private @Nullable ContentPiece statusMessage;

  public SpanContent(ContentPolicy policy, int attributeBytes) {
    this.policy = policy;
    this.attributeBytes = attributeBytes;
  }

  /** The status message is the provider's text, or the error's type where that is not revealed. */
  public void failure(Failure failure) {
    String message = policy.reveal(failure.message());
    statusMessage =
        ContentPiece.text(null, message == null || message.isBlank() ? failure.type() : message);
    pieces.add(statusMessage);
  }

  /** {@code output}: the first message is cut last, else the last message of the user. */
  public void messages(
      AttributeKey<String> key, @Nullable Content<List<Message>> content, boolean output) {
    List<Message> messages = policy.reveal(content);
    if (messages != null && !messages.isEmpty()) {
      pieces.add(ContentPiece.messages(key, messages, output));
    }
  }

  public void parts(AttributeKey<String> key, @Nullable Content<List<Part>> content) {
    List<Part> parts = policy.reveal(content);
    if (parts != null && !parts.isEmpty()) {
      pieces.add(ContentPiece.parts(key, parts));
    }
  }

  public void json(AttributeKey<String> key, @Nullable Content<JsonText> content) {
    JsonText json = policy.reveal(content);
    if (json != null) {
      pieces.add(ContentPiece.json(key, json));
    }
  }

  public void text(AttributeKey<String> key, @Nullable Content<String> content) {
    String text = policy.reveal(content);
    if (text != null && !text.isBlank()) {
      pieces.add(ContentPiece.text(key, text));
    }
  }

  /** Passes on each attribute as it may leave. */
  public void forEach(BiConsumer<AttributeKey<String>, String> consumer) {
    for (ContentPiece piece : pieces) {
      AttributeKey<String> key = piece.key();
      String allowed = piece.allowed();
      if (key != null && allowed != null) {
        consumer.accept(key, allowed);
      }
    }
  }

  /** The status message as it may leave; empty where nothing failed. */
  public String statusMessage() {
    String allowed = statusMessage == null ? null : statusMessage.allowed();
    return allowed == null ? "" : allowed;
  }

  public boolean isCut() {
    return pieces.stream().anyMatch(ContentPiece::isCut);
  }

  /** Bytes of UTF-8 before anything was cut. */
  public long originalBytes() {
    return pieces.stream().mapToLong(ContentPiece::bytes).sum();
  }

  /** Allots at most {@code spanBytes} to the pieces; returns how many they take of them. */
  int allot(int spanBytes) {
    int[] wanted =
        pieces.stream().mapToInt(piece -> Math.min(piece.bytes(), attributeBytes)).toArray();
    int level = ContentBudget.level(wanted, spanBytes);
    int total = 0;
    for (int i = 0; i < wanted.length; i++) {
      int allowed = Math.min(wanted[i], level);
      pieces.get(i).allow(allowed);
      total += allowed;
    }
    return total;
  }

  @Override
  public String toString() {
    return "SpanContent[withheld]";
  }
}
